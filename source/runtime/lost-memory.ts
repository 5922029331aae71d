import type { SavedGroup, SavedProcess, SavedSlot } from '../engine/durable.ts';
import { stay } from '../engine/state.ts';
import type { CommandSpec, Profile } from '../profile/profile.ts';

/** The mark of a start that nobody remembers: such a child is known by its name and number, which it carries as well. */
export function forgottenLaunch(slot: string): string {
  return `forgotten ${slot}`;
}

/**
 * What is kept of an engine, as if it had died while it started everything: the memory is damaged, but the children may
 * live, and none may be started a second time beside itself. What is not found is started.
 */
export function recordsWithoutMemory(profile: Profile): Record<string, SavedGroup | SavedProcess | SavedSlot> {
  const records: Record<string, SavedGroup | SavedProcess | SavedSlot> = {};
  for (const group of profile.groups) {
    records[`group:${group.name}`] = { spec: { ...group, processes: [] }, pause: null };
    for (const spec of group.processes) if (spec.kind === 'command') addProcess(records, group.name, spec);
  }
  return records;
}

function addProcess(
  records: Record<string, SavedGroup | SavedProcess | SavedSlot>,
  group: string,
  declared: CommandSpec,
): void {
  const name = `${group}/${declared.name}`;
  records[`process:${name}`] = { group, declared, wanted: 'up', pause: null, overrides: {} };
  for (let number = 1; number <= declared.instances; number++) {
    const slot = `${name}#${number}`;
    records[`slot:${slot}`] = { ...unknown, launch: forgottenLaunch(slot) };
  }
}

const unknown: Omit<SavedSlot, 'launch'> = {
  phase: 'launching',
  sinceMs: null,
  living: [],
  restarts: [],
  lastExit: null,
  lastDead: null,
  course: stay,
  missed: false,
  untilMs: null,
  ending: null,
  asked: [],
  reason: null,
  cause: null,
  lastFailure: null,
  heartbeatMs: null,
};
