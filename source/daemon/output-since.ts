import { statSync } from 'node:fs';
import { RequestRefused } from '../control/failure.ts';
import type { OutputSince, OutputSource } from '../control/reading-protocol.ts';
import type { EngineState, ProcessRecord } from '../engine/state.ts';
import { resolveTarget } from '../engine/target.ts';
import type { Masks } from '../profile/secrets.ts';
import { readTail } from './output-tail.ts';
import { masked, secretsOf } from './without-secrets.ts';

/** More files than that nobody follows on one screen. */
const mostSources = 64;
/** What one answer carries, shared among its files. */
const answerBytes = 256 * 1024;
const leastBytes = 4 * 1024;
const mostBytesOfOne = 64 * 1024;

/** `since`: the marks of an earlier answer, by `group/process#slot`; what has none begins with its last lines. */
export function outputSince(
  state: EngineState,
  target: string,
  since: Readonly<Record<string, string>>,
  outputFile: (process: number, slot: number) => string,
): OutputSince {
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  const files = found.processes.flatMap((index) => {
    const record = state.processes[index];
    return record === undefined ? [] : filesOf(record, found.slot, (slot) => outputFile(index, slot));
  });
  const shown = files.slice(0, mostSources);
  const share = Math.min(mostBytesOfOne, Math.max(leastBytes, Math.floor(answerBytes / Math.max(1, shown.length))));
  let more = false;
  const read = shown.map(({ name, slot, file, problem, secrets }): OutputSource & { readonly writtenAt: number } => {
    const mark = since[`${name}#${slot}`] ?? '';
    if (file === null) return { name, slot, mark, lines: [], partial: '', skippedBytes: 0, problem, writtenAt: 0 };
    const tail = readTail(file, mark, share);
    more ||= tail.more;
    const { skippedBytes } = tail;
    const lines = tail.lines.map((line) => masked(line, secrets));
    const partial = masked(tail.partial, secrets);
    return {
      ...{ name, slot, mark: tail.mark, lines, partial, skippedBytes, problem: tail.problem },
      writtenAt: writtenAt(file),
    };
  });
  // Lines carry no time: what was written to last stands last.
  const sources = read.sort((a, b) => a.writtenAt - b.writtenAt).map(({ writtenAt: _, ...source }) => source);
  return { sources, more };
}

interface File {
  readonly name: string;
  readonly slot: number;
  readonly file: string | null;
  readonly problem: string | null;
  readonly secrets: Masks | null;
}

function filesOf(record: ProcessRecord, only: number | null, fileOf: (slot: number) => string): File[] {
  const { name, spec, slots } = record;
  const secrets = secretsOf(record);
  // What we do not start writes where it likes; where the profile says so we know.
  const told = spec.stall.outputFile;
  if (spec.kind !== 'command' && told === null) {
    const problem =
      spec.kind === 'service'
        ? `${name} is a service: its output is in the journal of the system (journalctl -u ${spec.service})`
        : `${name} is not started by procsaver, which does not know where it writes (the field stall.outputFile says so)`;
    return [{ name, slot: 1, file: null, problem, secrets }];
  }
  return slots
    .filter(({ number }) => only === null || number === only)
    .map(({ number }) => {
      const file = spec.kind === 'command' ? fileOf(number) : (told?.replaceAll('%n', String(number)) ?? null);
      return { name, slot: number, file, problem: null, secrets };
    });
}

function writtenAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
