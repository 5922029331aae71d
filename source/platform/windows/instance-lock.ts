import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { holdFile, writeText } from '../../../native-bindings/windows/file-lock.ts';
import { closeHandle } from '../../../native-bindings/windows/process-handle.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import { protectFile, securityOfFile } from '../../../native-bindings/windows/security-text.ts';
import { makeFolder } from '../folder.ts';
import type { LockResult } from '../system.ts';
import { onlyOurs } from './own-access.ts';

/** The file is held open for writing, which nobody else may do meanwhile; Windows lets go of it whatever ends this process. */
export function lockInstance(file: string): LockResult {
  try {
    makeFolder(dirname(file), 0o700);
    keepPrivate(dirname(file));
  } catch (error) {
    return { ok: false, pid: null, problem: `The lock file ${file} cannot be made: ${(error as Error).message}.` };
  }
  const handle = holdFile(file);
  if (handle === -errorCode.ERROR_SHARING_VIOLATION) return refusal(file);
  if (handle < 0)
    return { ok: false, pid: null, problem: `The lock file ${file} cannot be opened: error ${-handle} of Windows.` };
  writeText(handle, `${process.pid}\n`);
  return { ok: true, release: () => closeHandle(handle) };
}

/** State, evidence and output hold secrets; below C:\ProgramData they would be everybody's to read. A list that somebody set is left as it is. */
function keepPrivate(folder: string): void {
  const access = securityOfFile(folder);
  const isInherited = typeof access === 'string' && !/D:[A-Z]*P/.test(access);
  if (isInherited) protectFile(folder, onlyOurs('FA', 'OICI'));
}

function refusal(file: string): LockResult {
  const pid = holderOf(file);
  return {
    ok: false,
    pid,
    problem: `Another engine runs for this instance already${pid === null ? '' : `, pid ${pid}`}. Use it, stop it first, or choose another --instance.`,
  };
}

function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
