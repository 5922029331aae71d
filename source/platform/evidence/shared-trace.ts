import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TraceLines } from '../../ports/evidence.ts';
import type { Masks } from '../../profile/secrets.ts';
import { forEachInTurns } from '../in-turns.ts';
import type { Job } from './part.ts';

const traceFile = 'notices.jsonl';
/** The dead wait so long for a new one: in a storm one trace holds the deaths of a whole second. */
const sharedForMs = 1_000;

interface Taken {
  readonly atMs: number;
  readonly path: string;
  /** Something in it was masked, so that it does not lead to the state it names. */
  readonly isMasked: boolean;
}

/**
 * The engine's trace holds the whole state, some hundred KB where thousands are watched. Incidents that were asked for before
 * a trace was taken are in it, so they share the file, by hard link.
 */
export class SharedTrace {
  private last: Taken | null = null;

  /** For those who are in no hurry: waits until a new one is due, unless the last one will do. */
  async awaitDue(askedAtMs: number): Promise<void> {
    const waitMs = this.last === null || this.holds(askedAtMs) ? 0 : this.last.atMs + sharedForMs - performance.now();
    if (waitMs > 0) await wait(waitMs, undefined, { ref: false });
  }

  /** Puts it into the job's folder, which will be called `finalFolder`. */
  async put(job: Job, askedAtMs: number, lines: TraceLines, finalFolder: string): Promise<void> {
    const path = join(job.folder, traceFile);
    if (!(this.last !== null && this.holds(askedAtMs) && (await this.linked(this.last.path, path)))) {
      const atMs = performance.now();
      const { text, isMasked } = await maskedInTurns(lines(), job.masks);
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      this.last = { atMs, path: join(finalFolder, traceFile), isMasked };
    }
    if (this.last?.isMasked) job.missing.push(`no replay of ${traceFile}: a secret in it had to be masked`);
  }

  private holds(askedAtMs: number): boolean {
    return this.last !== null && this.last.atMs >= askedAtMs;
  }

  private async linked(from: string, to: string): Promise<boolean> {
    try {
      await link(from, to);
      return true;
    } catch {
      // Its folder was removed meanwhile, or this file system has no hard links.
      return false;
    }
  }
}

/** Among a thousand processes it is 20 ms of work, and deaths are to be seen meanwhile. A line of JSON holds no line break, so that nothing masked goes over two of them. */
async function maskedInTurns(lines: Iterable<string>, masks: Masks): Promise<{ text: string; isMasked: boolean }> {
  const masked: string[] = [];
  let isMasked = false;
  await forEachInTurns(lines, (line) => {
    const text = masks.text(line);
    isMasked ||= text !== line;
    masked.push(text);
  });
  return { text: `${masked.join('\n')}\n`, isMasked };
}
