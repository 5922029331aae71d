import { createHash } from 'node:crypto';
import type { IncidentReason } from '../../ports/evidence.ts';
import { reasonWord } from './folder-name.ts';

/** So many frames tell one place from another, and still agree when the way there differs. */
const framesUsed = 4;
const longestWords = 160;
const longestLine = 2_000;

/** How the C library and the languages' own machinery report what went wrong before them: never where it went wrong. */
const machinery =
  /^(?:_*(?:GI_)?(?:raise|abort|gsignal|kill)|__pthread_kill.*|pthread_kill|__assert_fail.*|__fortify_fail.*|__libc_message.*|__stack_chk_fail.*|malloc_printerr|_int_free.*|__restore_rt|.*terminate.*|__cxa_throw|__gnu_cxx::.*|_Unwind_.*|_?start|__libc_start_.*|start_thread|clone3?|__clone3?|\?\?)$/;

/** Function names without versions, clones and parameters, the machinery left out. */
export function tellingFrames(frames: readonly string[]): string[] {
  return frames
    .map((frame) =>
      frame
        .replace(/@.*$/, '')
        .replace(/\s*\(.*$/s, '')
        .replace(/\.(?:part|isra|constprop|cold)\.?\d*/g, ''),
    )
    .filter((frame) => frame !== '' && !machinery.test(frame))
    .slice(0, framesUsed);
}

/** The line without what differs from one time to the next: times, numbers, addresses, names of temporary files. */
export function normalised(line: string): string {
  return line
    .slice(0, longestLine)
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '#')
    .replace(/\b0x[0-9a-f]+\b/gi, '#')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '#')
    .replace(/\b(?=[a-f]*\d)[0-9a-f]{8,}\b/gi, '#')
    .replace(/\d+(?:[.,:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

export interface Told {
  readonly process: string;
  readonly reason: IncidentReason;
  /** Innermost first; empty where there was no stack. */
  readonly frames: readonly string[];
  /** Empty when it wrote nothing. */
  readonly lastLine: string;
}

/** Eight hexadecimal digits and, for people, what they stand for: `3f9a2c1e SIGSEGV in falls, works, main: about to fall #`. */
export function fingerprintOf({ process, reason, frames, lastLine }: Told): string {
  const how = reasonWord(reason).replace(/^down-/, '');
  const where = tellingFrames(frames);
  // An operator's question says nothing of what is wrong; its last line would make every one new.
  const line = reason.kind === 'asked' ? '' : normalised(lastLine);
  const hash = createHash('sha256')
    .update(JSON.stringify([process, how, where, line]))
    .digest('hex')
    .slice(0, 8);
  const words = `${how.replace(/-/g, ' ')}${where.length === 0 ? '' : ` in ${where.join(', ')}`}${line === '' ? '' : `: ${line}`}`;
  return `${hash} ${words.length > longestWords ? `${words.slice(0, longestWords - 1)}…` : words}`;
}
