import type { GroupStatus } from '../engine/status.ts';
import type { Notifications, Status } from './protocol.ts';

/** The status after a `changed` notification. What did not change keeps its identity and its place. */
export function applyChange(status: Status, change: Notifications['changed']): Status {
  if (change.whole) return { engine: change.engine, groups: change.groups };
  return { engine: change.engine, groups: replaceNamed(status.groups, change.groups, mergeGroup) };
}

function mergeGroup(group: GroupStatus, changed: GroupStatus): GroupStatus {
  return { ...changed, processes: replaceNamed(group.processes, changed.processes, (_, process) => process) };
}

/** New names go to the end. */
function replaceNamed<T extends { readonly name: string }>(
  items: readonly T[],
  changes: readonly T[],
  merge: (item: T, change: T) => T,
): readonly T[] {
  const byName = new Map(changes.map((change) => [change.name, change]));
  const replaced = items.map((item) => {
    const change = byName.get(item.name);
    byName.delete(item.name);
    return change === undefined ? item : merge(item, change);
  });
  return [...replaced, ...byName.values()];
}
