// What a script said, and what its end means.
import { renameSync, statSync } from 'node:fs';
import type { Exit } from '../ports/instance.ts';
import type { ScriptRequest, ScriptResult } from '../ports/script-runner.ts';
import { writtenSince } from './written-since.ts';

/** A script's output file is renamed to `.1` before a run that finds it larger than this. */
const outputBoundBytes = 1024 * 1024;

export function resultOf(exit: Exit, request: ScriptRequest, outputOffset: number): ScriptResult {
  if ('code' in exit && exit.code === 0) return { ok: true };
  const how =
    'code' in exit
      ? `ended with exit status ${exit.code}`
      : 'signal' in exit
        ? `was killed by ${exit.signal}`
        : `ended, ${exit.unknown}`;
  const lastLine = writtenSince(request.outputFile, outputOffset).trim().split('\n').at(-1);
  const said =
    lastLine === undefined || lastLine === '' ? 'It wrote nothing.' : `Its last line: ${lastLine.slice(0, 300)}`;
  return { ok: false, problem: `${request.command.join(' ')} ${how}. ${said} All of it is in ${request.outputFile}.` };
}

export function keepOutputBounded(file: string): void {
  try {
    if (statSync(file).isFile() && statSync(file).size > outputBoundBytes) renameSync(file, `${file}.1`);
  } catch {
    // No such file yet; whatever else is wrong with it, the start says.
  }
}
