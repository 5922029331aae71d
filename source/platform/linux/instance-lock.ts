import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { lockFile } from '../../../native-bindings/linux/file-lock.ts';
import { errno } from '../../../native-bindings/linux/libc.ts';
import { makeFolder } from '../folder.ts';
import type { LockResult } from '../system.ts';

/**
 * One engine an instance: the kernel holds the lock as long as this process lives, and lets go of it whatever ends the process.
 * Children do not inherit it (Node opens files close-on-exec). The file stays, since a deleted one could be locked twice.
 */
export function lockInstance(file: string): LockResult {
  let descriptor: number;
  try {
    makeFolder(dirname(file), 0o700);
    descriptor = openSync(file, 'a+', 0o600);
  } catch (error) {
    return { ok: false, pid: null, problem: `The lock file ${file} cannot be opened: ${(error as Error).message}.` };
  }
  const locked = lockFile(descriptor);
  if (locked < 0) {
    closeSync(descriptor);
    return refusal(file, -locked);
  }
  ftruncateSync(descriptor);
  writeSync(descriptor, `${process.pid}\n`);
  return { ok: true, release: () => closeSync(descriptor) };
}

function refusal(file: string, reason: number): LockResult {
  if (reason !== errno.EWOULDBLOCK) {
    const [code, message] = getSystemErrorMap().get(-reason) ?? [`errno ${reason}`, ''];
    return {
      ok: false,
      pid: null,
      problem: `The lock file ${file} cannot be locked: ${code}, ${message}. Is it on a file system without locks?`,
    };
  }
  const pid = Number(readFileSync(file, 'utf8').trim());
  const holder = Number.isInteger(pid) && pid > 0 ? pid : null;
  return {
    ok: false,
    pid: holder,
    problem: `Another engine runs for this instance already${holder === null ? '' : `, pid ${holder}`}. Use it, stop it first, or choose another --instance.`,
  };
}
