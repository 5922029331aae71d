import type { GroupStatus, ProcessStatus } from '../engine/status.ts';

/**
 * Nothing to worry about: it runs as it should, or has ended as it may; or nobody wants it to run, or monitoring is paused.
 * What is only just starting or waits for others is not well yet: a script that deploys waits for 0.
 */
export function isWell(
  process: Pick<ProcessStatus, 'state' | 'wanted' | 'paused' | 'stalled' | 'instances' | 'expected'>,
): boolean {
  if (process.wanted === 'down' || process.paused !== null) return true;
  if (process.state === 'exited') return true;
  return process.state === 'running' && process.stalled === null && process.instances.length >= process.expected;
}

export function areAllWell(groups: readonly GroupStatus[]): boolean {
  return groups.every((group) => group.processes.every(isWell));
}
