// Which instance a process is: its pid and the moment of its creation.

import {
  closeHandle,
  creationTime,
  hasEnded,
  openProcess,
  processRight,
} from '../../../native-bindings/windows/process-handle.ts';
import type { ListedProcess } from '../../../native-bindings/windows/process-list.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import type { Instance } from '../../ports/instance.ts';

export function instanceAt(pid: number, createdAtUs: number): Instance {
  return { pid, startTime: createdAtUs, startedAtMs: Math.floor(createdAtUs / 1_000) };
}

export function instanceOf({ pid, createdAtUs }: ListedProcess): Instance {
  return instanceAt(pid, createdAtUs);
}

export const keyOf = (instance: Instance): string => `${instance.pid}.${instance.startTime}`;

export type OpenedInstance =
  /** The handle names this instance and nothing else until it is closed. It may have ended. */
  | { readonly kind: 'open'; readonly handle: number }
  | { readonly kind: 'gone' }
  /** Not opened: another user's, or protected. */
  | { readonly kind: 'failed'; readonly error: number };

/** The creation time is read through the open handle, so that a match proves that it holds the right process. */
export function openInstance(instance: Instance, rights = 0): OpenedInstance {
  const always = processRight.QUERY_LIMITED_INFORMATION | processRight.SYNCHRONIZE;
  const handle = openProcess(instance.pid, always | rights);
  if (handle === -errorCode.ERROR_INVALID_PARAMETER) return { kind: 'gone' };
  if (handle < 0) return { kind: 'failed', error: -handle };
  if (creationTime(handle) === instance.startTime) return { kind: 'open', handle };
  closeHandle(handle);
  return { kind: 'gone' };
}

/** One that we may not open lives as long as its pid is given to nobody else: whoever asks then has to look at the list. */
export function isAlive(instance: Instance): boolean {
  const opened = openInstance(instance);
  if (opened.kind !== 'open') return opened.kind === 'failed';
  const isOver = hasEnded(opened.handle);
  closeHandle(opened.handle);
  return !isOver;
}
