import type { GroupStatus } from '../engine/status.ts';
import type { Model } from './model.ts';

/** What is younger shows how many seconds it is up. */
const YOUNG_MS = 61_000;

/** Nothing on the screen counts seconds: it is the list, everything on it is older than a minute, and nothing is due. */
export function isQuiet({ screen, dialog, connection, pending, bottomLine, status, nowMs }: Model): boolean {
  if (screen.is !== 'list' || dialog !== null || bottomLine !== null || connection.is !== 'connected') return false;
  if (Object.keys(pending).length > 0 || nowMs - Date.parse(status.engine.startedAt) < YOUNG_MS) return false;
  return status.groups.every((group) => nowMs - countsUntilMs(group) >= YOUNG_MS);
}

/** A group that has not changed keeps its identity. */
const known = new WeakMap<GroupStatus, number>();

/** When the youngest in it was started; where something is due, it counts for ever. */
function countsUntilMs(group: GroupStatus): number {
  const found = known.get(group);
  if (found !== undefined) return found;
  let youngestMs = Number.NEGATIVE_INFINITY;
  for (const { slots, instances } of group.processes) {
    if (slots.some(({ nextAt }) => nextAt !== null)) youngestMs = Number.POSITIVE_INFINITY;
    for (const { startedAt } of instances) youngestMs = Math.max(youngestMs, Date.parse(startedAt));
  }
  known.set(group, youngestMs);
  return youngestMs;
}
