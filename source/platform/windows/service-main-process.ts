import {
  closeHandle,
  creationTime,
  openProcess,
  processRight,
} from '../../../native-bindings/windows/process-handle.ts';
import { listProcesses } from '../../../native-bindings/windows/process-list.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import type { Instance } from '../../ports/instance.ts';
import { instanceAt, instanceOf } from './instances.ts';

/** The process that the manager names, which may have ended a moment ago; null for pid 0, which is none. */
export function mainInstance(pid: number): Instance | 'gone' | null {
  if (pid === 0) return null;
  const handle = openProcess(pid, processRight.QUERY_LIMITED_INFORMATION);
  if (handle === -errorCode.ERROR_INVALID_PARAMETER) return 'gone';
  if (handle < 0) {
    // Protected ones may not be opened; the list has them all.
    const listed = listProcesses().find((one) => one.pid === pid);
    return listed === undefined ? 'gone' : instanceOf(listed);
  }
  const createdAtUs = creationTime(handle);
  closeHandle(handle);
  return createdAtUs < 0 ? 'gone' : instanceAt(pid, createdAtUs);
}
