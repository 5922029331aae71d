import { redefines } from '../profile/diff.ts';
import type { GroupSpec, ProcessSpec, Profile } from '../profile/profile.ts';
import { isSame } from '../profile/same.ts';
import { noteSurplus } from './count.ts';
import { layOver } from './parameters.ts';
import { newSlot, slotCount } from './slot.ts';
import { getReadyAnew } from './starting.ts';
import type { GroupRecord, ProcessRecord, Slot } from './state.ts';
import { cycle, slotName, stay } from './state.ts';
import type { Turn } from './turn.ts';
import { changeRules } from './vital.ts';

/**
 * Puts a new profile in force. What did not change is not touched; what defines a process anew restarts it; what is gone is
 * stopped and then leaves; what is new comes up.
 */
export function changeProfile(turn: Turn, profile: Profile): void {
  const before = turn.state;
  const groups = profile.groups.map((spec) => carryGroup(before.groups, spec));
  const kept = profile.groups.flatMap((group) => group.processes.map((spec) => carryProcess(turn, group, spec)));
  const names = new Set(kept.map((process) => process.name));
  const leaving = before.processes
    .filter((process) => !names.has(process.name))
    .flatMap((process) => letGo(turn, process) ?? [])
    .map(retire);
  const groupNames = new Set(groups.map((group) => group.spec.name));
  const ghosts = before.groups.filter(
    (group) => !groupNames.has(group.spec.name) && leaving.some((process) => process.group === group.spec.name),
  );
  turn.restructure([...groups, ...ghosts], [...kept, ...leaving]);
  turn.changeBrake({ perSecond: profile.restartsPerSecond });
  turn.changeState({ evidence: { maxBytes: profile.evidenceMaxBytes, withinMs: profile.evidenceWithinMs } });
  for (const group of before.groups)
    if (!groupNames.has(group.spec.name)) turn.effect({ do: 'clear-timer', timer: `pause:${group.spec.name}` });
  const old = new Map(before.processes.map((process) => [process.name, process]));
  for (const index of turn.state.processes.keys()) {
    const was = old.get(turn.process(index).name);
    const isReadyOtherwise = was !== undefined && !isSame(was.spec.ready, turn.process(index).spec.ready);
    for (const place of turn.places(index)) {
      // More may be allowed now, or fewer, than are living.
      noteSurplus(turn, place);
      if (isReadyOtherwise) getReadyAnew(turn, place);
      if (was !== undefined) changeRules(turn, place, was.spec, turn.process(index).spec);
    }
    turn.openAll(index);
  }
}

function carryGroup(before: readonly GroupRecord[], spec: GroupSpec): GroupRecord {
  const was = before.find((group) => group.spec.name === spec.name);
  return was === undefined
    ? { spec, pause: spec.paused ? { by: 'profile', why: 'paused: true', untilWallMs: null } : null }
    : { ...was, spec };
}

function carryProcess(turn: Turn, group: GroupSpec, declared: ProcessSpec): ProcessRecord {
  const index = turn.state.plan.indexOf.get(`${group.name}/${declared.name}`);
  const was = index === undefined ? undefined : turn.process(index);
  if (was === undefined) return newProcess(group, declared, turn.nowMs);
  if (
    JSON.stringify(was.declared) === JSON.stringify(declared) &&
    was.slots.every((slot) => slot.course.is !== 'retire')
  )
    return was;
  const laid = layOver(declared, was.overrides);
  const carried = {
    ...was,
    declared,
    spec: laid.ok ? laid.spec : declared,
    overrides: laid.ok ? was.overrides : {},
  };
  if (!redefines(was.declared, declared))
    return { ...carried, slots: resize(was.slots, slotCount(declared), turn.nowMs) };
  const left = letGo(turn, was);
  const slots =
    left?.slots.map(startAnew) ??
    was.slots.map((slot) => ({ ...newSlot(slot.number, turn.nowMs), restarts: slot.restarts }));
  return { ...carried, slots: resize(slots, slotCount(declared), turn.nowMs) };
}

/** Down and up again, as the profile now says. */
function startAnew(slot: Slot): Slot {
  return slot.phase.is === 'stopped' ? slot : { ...slot, course: cycle };
}

function newProcess(group: GroupSpec, declared: ProcessSpec, nowMs: number): ProcessRecord {
  return {
    group: group.name,
    name: `${group.name}/${declared.name}`,
    declared,
    spec: declared,
    wanted: 'up',
    pause: null,
    overrides: {},
    slots: Array.from({ length: slotCount(declared) }, (_, index) => newSlot(index + 1, nowMs)),
  };
}

/** Too many slots retire from the end; one that retires still and is wanted again stays. */
function resize(slots: readonly Slot[], count: number, nowMs: number): Slot[] {
  const kept = slots.map((slot): Slot => {
    const isRetiring = slot.number > count;
    if (isRetiring === (slot.course.is === 'retire')) return slot;
    return { ...slot, course: isRetiring ? { is: 'retire' } : stay };
  });
  const present = new Set(kept.map((slot) => slot.number));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((number) => !present.has(number));
  return [...kept, ...missing.map((number) => newSlot(number, nowMs))].sort((a, b) => a.number - b.number);
}

/** What something else started is only forgotten, never stopped by a reload. Gives what is left: ours, which has to be stopped; null: nothing. */
function letGo(turn: Turn, process: ProcessRecord): ProcessRecord | null {
  if (process.spec.kind === 'command') return process;
  if (process.spec.kind === 'service') turn.effect({ do: 'leave-service', process: process.name, spec: process.spec });
  const isLeft = process.slots.some(hasChild);
  for (const slot of process.slots) {
    const name = slotName(process, slot);
    if (!isLeft) turn.effect({ do: 'clear-timer', timer: `slot:${name}` });
    if (slot.surplus !== null) turn.effect({ do: 'clear-timer', timer: `surplus:${name}` });
    if (slot.vitalAtMs !== null) turn.effect({ do: 'clear-timer', timer: `vital:${name}` });
    for (const { instance } of slot.vitals) turn.effect({ do: 'unwatch-signs', instance });
    if (slot.phase.is === 'scripting') turn.effect({ do: 'cancel-script', slot: name });
    for (const living of slot.living) {
      if (living.launch !== null) continue;
      turn.effect({ do: 'stop-probing', instance: living.instance });
      turn.effect({ do: 'unwatch', instance: living.instance });
    }
  }
  return isLeft ? { ...process, slots: process.slots.map(childAlone) } : null;
}

/** A child of ours, from before an earlier reload made something else of its entry, has not ended yet. */
function hasChild({ phase, living }: Slot): boolean {
  return phase.is === 'launching' || living.some(({ launch }) => launch !== null);
}

function childAlone(slot: Slot): Slot {
  return { ...slot, living: slot.living.filter(({ launch }) => launch !== null), surplus: null };
}

function retire(process: ProcessRecord): ProcessRecord {
  return {
    ...process,
    slots: process.slots.map((slot) =>
      slot.course.is === 'retire' ? slot : { ...slot, course: { is: 'retire' } as const },
    ),
  };
}

/** Takes out the slots that retired and have stopped, and with its last slot a process, and with its last process a group. */
export function dropRetired(turn: Turn): void {
  if (!turn.hasRetired()) return;
  const processes = turn.state.processes.flatMap((process) => {
    const slots = process.slots.filter((slot) => !(slot.course.is === 'retire' && slot.phase.is === 'stopped'));
    if (slots.length === process.slots.length) return [process];
    return slots.length === 0 ? [] : [{ ...process, slots }];
  });
  const inUse = new Set(processes.map((process) => process.group));
  const groups = turn.state.groups.filter((group) => inUse.has(group.spec.name));
  turn.restructure(groups, processes);
}
