import type { EngineState, ProcessRecord } from '../../../source/engine/state.ts';
import { slotName } from '../../../source/engine/state.ts';
import { withOverrides } from '../../../source/profile/overrides.ts';
import type { GroupSpec, ProcessSpec, Profile } from '../../../source/profile/profile.ts';
import { check, eachSlot, type Laws } from '../evidence.ts';
import type { Folder } from '../reloads.ts';
import type { Rest } from './at-rest.ts';

/**
 * The trap of these laws: a reload that fails half-way leaves half of each profile in force. So a profile is read and
 * checked as a whole, and then takes the place of the other in one step, which one save makes last.
 */
export const reloadingLaws: Laws = {
  'a reload is the new profile or the old one, never half of each': ({ before, step, profile }) => {
    const { state } = step;
    const { perSecond } = state.brake;
    check(
      perSecond === profile.restartsPerSecond,
      `the brake lets ${perSecond} restarts through in a second, not ${profile.restartsPerSecond}`,
    );
    if (state.groups !== before.groups || state.processes !== before.processes) checkGroups(state, profile);
    if (state.processes !== before.processes) checkProcesses(state, profile);
    if (state.plan !== before.plan) checkPlan(state);
  },
};

/** Checked when the queue has run empty: what the profile in force has set going is under way by then. */
export const reloadedLaws: Readonly<Record<string, (rest: Rest) => void>> = {
  'nobody lives on as an earlier profile wanted it': ({ state, world }) => {
    eachSlot(state, (process, slot) => {
      const { declared } = process;
      const isGoing =
        process.wanted === 'down' ||
        slot.course.is !== 'stay' ||
        slot.phase.is === 'asking' ||
        slot.phase.is === 'sweeping';
      if (isGoing || declared.kind !== 'command') return;
      const wanted = declared.command.join(' ');
      for (const { instance } of slot.living) {
        const runs = world.commandOf(instance);
        check(runs === null || runs === wanted, `${slotName(process, slot)} runs ${runs}, its profile says ${wanted}`);
      }
    });
  },

  'what is on disk is the profile in force, and no part of another': ({ state, disk }) => {
    for (const { spec } of state.groups) {
      const saved = disk[`group:${spec.name}`] as { spec: GroupSpec } | undefined;
      check(saved !== undefined && isSame(saved.spec, bare(spec)), `the disk knows the group ${spec.name} otherwise`);
    }
    for (const { name, declared } of state.processes) {
      const saved = disk[`process:${name}`] as { declared: ProcessSpec } | undefined;
      check(saved !== undefined && isSame(saved.declared, declared), `the disk knows ${name} otherwise`);
    }
  },
};

/** What a law is shown when somebody has asked for a reload. */
export interface Reload {
  readonly folder: Folder;
  /** It was found sound, and the engine was given it. */
  readonly isTaken: boolean;
  readonly before: EngineState;
  readonly after: EngineState;
  readonly disk: Readonly<Record<string, unknown>>;
  readonly diskAfter: Readonly<Record<string, unknown>>;
}

export const reloadLaws: Readonly<Record<string, (reload: Reload) => void>> = {
  'a reload that is refused changes nothing': ({ folder, isTaken, before, after, disk, diskAfter }) => {
    const files = Object.keys(folder.files).join(', ');
    check(isTaken === folder.isSound, `${files} should be ${folder.isSound ? 'taken' : 'refused'}, and was not`);
    if (isTaken) return;
    check(after === before, `${files} was refused and has changed what is in force`);
    const keys = new Set([...Object.keys(disk), ...Object.keys(diskAfter)]);
    for (const key of keys) check(disk[key] === diskAfter[key], `${files} was refused and has changed ${key} on disk`);
  },
};

/** The groups of the profile in their order, and behind them those that still have somebody to stop. */
function checkGroups(state: EngineState, profile: Profile): void {
  for (const [index, spec] of profile.groups.entries()) {
    const group = state.groups[index];
    check(group?.spec.name === spec.name, `the group ${spec.name} is not in force where it should be`);
    check(isSame(group.spec, spec), `the group ${spec.name} is not as its profile says`);
  }
  for (const { spec } of state.groups.slice(profile.groups.length)) {
    const isEmpty = !state.processes.some((process) => process.group === spec.name);
    check(!isEmpty, `the group ${spec.name} is in no profile, has nobody left and stays`);
  }
}

/** The processes of the profile in their order, and behind them those that leave. */
function checkProcesses(state: EngineState, profile: Profile): void {
  const expected = declaredBy(profile);
  for (const [index, [name, group, declared]] of expected.entries()) {
    const process = state.processes[index];
    check(process?.name === name && process.group === group, `${name} is not in force where it should be`);
    check(isSame(process.declared, declared), `${name} is not declared as its profile says`);
    check(isDeclaredWithOverrides(process), `what is in force for ${name} is not what its profile and overrides say`);
    const staying = process.slots.filter((slot) => slot.course.is !== 'retire').map((slot) => slot.number);
    const count = declared.kind === 'command' ? declared.instances : 1;
    const isCounted = staying.length === count && staying.every((number, at) => number === at + 1);
    check(isCounted, `${name} has the slots ${staying.join(', ')}, its profile says ${count}`);
  }
  for (const process of state.processes.slice(expected.length)) {
    const isLeaving = process.slots.every((slot) => slot.course.is === 'retire');
    check(isLeaving, `${process.name} is in no profile and does not leave`);
  }
}

/** Who depends on whom and who restarts as a whole, as the groups and processes now in force say. */
function checkPlan({ plan, groups, processes }: EngineState): void {
  for (const { spec } of groups)
    check(plan.wholes.has(spec.name) === (spec.strategy === 'one-for-all'), `${spec.name} has another strategy`);
  const names = new Set(processes.map((process) => process.name));
  for (const [index, { name, spec }] of processes.entries()) {
    check(plan.indexOf.get(name) === index, `${name} is looked for in the wrong place`);
    const depends = Object.entries(spec.dependsOn).filter(([other]) => names.has(other));
    const planned = (plan.dependencies[index] ?? []).map((one) => [processes[one.index]?.name, one.condition]);
    check(JSON.stringify(planned) === JSON.stringify(depends), `${name} waits for others than its profile says`);
  }
}

type Declared = readonly [name: string, group: string, declared: ProcessSpec];
const declaredIn = new WeakMap<Profile, readonly Declared[]>();

function declaredBy(profile: Profile): readonly Declared[] {
  const known =
    declaredIn.get(profile) ??
    profile.groups.flatMap((group) =>
      group.processes.map((spec): Declared => [`${group.name}/${spec.name}`, group.name, spec]),
    );
  declaredIn.set(profile, known);
  return known;
}

/** The spec that was found right, with what it was made of. */
const laid = new WeakMap<ProcessSpec, Pick<ProcessRecord, 'declared' | 'overrides'>>();

function isDeclaredWithOverrides({ declared, overrides, spec }: ProcessRecord): boolean {
  const known = laid.get(spec);
  if (known?.declared === declared && known.overrides === overrides) return true;
  const values = Object.entries(overrides).map(([field, { value }]) => [field, value]);
  const expected = withOverrides(declared, Object.fromEntries(values));
  if (!expected.ok || !isSame(spec, expected.spec)) return false;
  laid.set(spec, { declared, overrides });
  return true;
}

const bareOnes = new WeakMap<GroupSpec, GroupSpec>();

/** A group's own fields, as they are saved. */
function bare(spec: GroupSpec): GroupSpec {
  const known = bareOnes.get(spec) ?? { ...spec, processes: [] };
  bareOnes.set(spec, known);
  return known;
}

const texts = new WeakMap<object, string>();

/** Nothing in them changes, so each is put into words once. */
function textOf(spec: object): string {
  const known = texts.get(spec) ?? JSON.stringify(spec);
  texts.set(spec, known);
  return known;
}

function isSame(a: object, b: object): boolean {
  return a === b || textOf(a) === textOf(b);
}
