import type { Slot } from '../../../source/engine/state.ts';
import type { Node } from './small-world.ts';

/**
 * Two nodes with the same text have the same future: times are said from now on, pids and marks by the order in which they
 * are met, and what only people read is left out.
 */
export function canonical(node: Node): string {
  const pids = new Map<number, number>();
  const marks = new Map<string, number>();
  const named = <K>(names: Map<K, number>, key: K): number => {
    const known = names.get(key) ?? names.size;
    names.set(key, known);
    return known;
  };
  const told = (key: string, value: unknown): unknown => {
    if (typeof value === 'number' && /(?:Ms|At)$/.test(key)) return value - node.nowMs;
    if (key === 'launch' || key === 'run') return value === null ? null : named(marks, String(value));
    if (key === 'instance' || key === 'lastDead')
      return value === null ? null : named(pids, (value as { pid: number }).pid);
    if (key === 'incident') return value === null ? null : named(marks, String(value));
    return key === 'reason' || key === 'cause' || key === 'text' ? undefined : value;
  };
  const slotText = (slot: Slot) => [
    slot.number,
    slot.phase,
    slot.phase.is === 'searching' || slot.phase.is === 'running' || slot.phase.is === 'readying'
      ? Math.min(1_001, node.nowMs - slot.sinceMs)
      : 0,
    slot.living,
    slot.restarts.map((at) => at - node.nowMs),
    slot.course.is,
    slot.missed,
    slot.surplus,
    slot.word,
    slot.vitals,
    node.living.some((one) => one.instance.pid === slot.lastDead?.pid) ||
    node.owed.searches.some((search) => search.found.some((one) => one.pid === slot.lastDead?.pid))
      ? named(pids, slot.lastDead?.pid ?? 0)
      : null,
  ];
  const { state, owed } = node;
  const { brake } = state;
  return JSON.stringify(
    [
      node.profile,
      state.groups.map((group) => [group.spec.name, group.pause === null]),
      state.processes.map((process) => [
        process.name,
        process.wanted,
        process.pause === null,
        process.slots.map(slotText),
      ]),
      [brake.queue, brake.isSaid, brake.recent.map((at) => Math.max(at - node.nowMs, -1_000))],
      node.living.map((one) => [one.owner, { instance: one.instance, launch: one.launch }, one.watchedFor]),
      owed.launches,
      owed.scripts,
      owed.searches.map((search) => [search.process, search.found.map((one) => named(pids, one.pid))]),
      owed.sweeps,
      owed.exits,
      owed.probes,
      owed.looks,
      owed.incidents,
      Object.entries(owed.timers)
        .map(([key, atMs]) => [key, atMs - node.nowMs])
        .sort(),
    ],
    told,
  );
}

/** 52 bits of a text: enough to tell some millions of nodes apart. */
export function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (high >>> 0) * 1_048_576 + ((low >>> 0) & 0xfffff);
}
