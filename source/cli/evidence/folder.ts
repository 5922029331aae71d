import { opendirSync } from 'node:fs';
import { NotPermitted } from '../../control/failure.ts';
import type { Read } from '../../platform/evidence/read-incidents.ts';
import type { Context } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandFailure } from '../failure.ts';

/** Where the evidence of the instance lies. It belongs to the user of its engine, as all of its state. */
export function evidenceFolder({ places }: Context): string {
  const { evidenceDirectory } = places;
  try {
    opendirSync(evidenceDirectory).closeSync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw new NotPermitted(evidenceDirectory);
  }
  return evidenceDirectory;
}

/** What was read, or a failure in the words of whoever could not read it. */
export function readOrFail<Value>(read: Read<Value>): Value {
  if (!read.ok) throw new CommandFailure(exitStatus.failed, 'evidenceProblem', { problem: read.problem });
  return read.value;
}
