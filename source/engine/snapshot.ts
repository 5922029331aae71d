import type { Moment } from '../ports/clock.ts';
import { formatDuration } from '../profile/duration.ts';
import { escalationText } from '../profile/escalation.ts';
import { fewestOf } from './count.ts';
import { conditionHolds } from './dependencies.ts';
import { publicState, stateOf } from './phase.ts';
import { restartsInWindow } from './restart-limit.ts';
import { stalledStatus, stallList, stallOf } from './stall-status.ts';
import type { EngineState, GroupRecord, Pause, ProcessRecord, Slot } from './state.ts';
import { deadlineOf } from './state.ts';
import type {
  GroupState,
  GroupStatus,
  InstanceStatus,
  PauseStatus,
  ProcessStatus,
  RestartStatus,
  SlotStatus,
} from './status.ts';
import { why } from './why.ts';

/** The whole state as people and programs see it. What is measured (CPU, memory) is filled in by whoever measures. */
export function snapshot(state: EngineState, now: Moment): GroupStatus[] {
  return state.groups.map((group) => groupStatus(state, group, now));
}

/** One group; with `only`, holding just those of its processes (by index). */
export function groupStatus(
  state: EngineState,
  group: GroupRecord,
  now: Moment,
  only?: ReadonlySet<number>,
): GroupStatus {
  const members = state.plan.members.get(group.spec.name) ?? [];
  const shown = only === undefined ? members : members.filter((index) => only.has(index));
  return {
    name: group.spec.name,
    description: group.spec.description,
    state: groupState(state, group, members),
    strategy: group.spec.strategy,
    escalation: escalationText(group.spec.escalation),
    paused: pauseStatus(group.pause),
    processes: shown.map((index) => processStatus(state, index, now)),
  };
}

/** Well is what is wanted and runs, or ended as it may, or is not wanted. A group that restarts as a whole is fatal as a whole. One pass: it is asked for at every change in a group of any size. */
function groupState(state: EngineState, group: GroupRecord, members: readonly number[]): GroupState {
  let isWanted = false;
  let lives = false;
  let hasFatal = false;
  let areAllWell = true;
  let isAnyUnderWay = false;
  for (const index of members) {
    const process = state.processes[index];
    if (process === undefined) continue;
    isWanted ||= process.wanted === 'up';
    for (const slot of process.slots) {
      lives ||= slot.living.length > 0;
      if (process.wanted !== 'up') continue;
      hasFatal ||= slot.phase.is === 'fatal';
      areAllWell &&= isWell(slot);
      isAnyUnderWay ||= isUnderWay(slot);
    }
  }
  if (!isWanted) return lives ? 'recovering' : 'down';
  if (hasFatal) return lives && group.spec.strategy === 'one-for-one' ? 'degraded' : 'fatal';
  if (areAllWell) return 'up';
  if (isAnyUnderWay) return 'recovering';
  return lives ? 'degraded' : 'down';
}

function isWell(slot: Slot): boolean {
  return (
    ((slot.phase.is === 'running' || slot.phase.is === 'lacking') && stallOf(slot) === null) ||
    (slot.phase.is === 'exited' && slot.lastExit !== null && 'code' in slot.lastExit)
  );
}

/** The engine is about to do something by itself. */
function isUnderWay(slot: Slot): boolean {
  const state = publicState[slot.phase.is];
  return state === 'starting' || state === 'stopping' || state === 'backoff';
}

function processStatus(state: EngineState, index: number, now: Moment): ProcessStatus {
  const process = state.processes[index];
  if (process === undefined) throw new Error(`no process stands at ${index}`);
  const { spec } = process;
  const group = state.groups.find((candidate) => candidate.spec.name === process.group);
  return {
    name: spec.name,
    kind: spec.kind,
    state: stateOf(process.slots),
    wanted: process.wanted,
    ready: process.slots.every((slot) => slot.phase.is === 'running'),
    paused: pauseStatus(process.pause ?? group?.pause ?? null),
    stalled: stalledStatus(process.slots, now),
    instances: process.slots.flatMap((slot) => instancesOf(process, slot)),
    expected: spec.kind === 'command' ? spec.instances : fewestOf(spec),
    restarts: restartStatus(process, now),
    lastExit: latestExit(process),
    lastFailure: lastFailure(process),
    stall: stallList(process),
    says: process.slots.find((slot) => slot.word.status !== null)?.word.status ?? null,
    cpuPercent: 0,
    memoryBytes: 0,
    slots: process.slots.map((slot) => slotStatus(process, slot, now)),
    dependsOn: Object.entries(spec.dependsOn).map(([name, condition]) => {
      const dependency = state.processes[state.plan.indexOf.get(name) ?? -1];
      return { name, condition, holds: dependency !== undefined && conditionHolds(dependency, condition) };
    }),
    overrides: Object.fromEntries(
      Object.entries(process.overrides).map(([field, { value, by, atWallMs }]) => [
        field,
        { value, by, at: iso(atWallMs) },
      ]),
    ),
    why: why(state, index),
  };
}

function instancesOf(process: ProcessRecord, slot: Slot): InstanceStatus[] {
  // A service without a main process has nothing to show.
  const processes = slot.living.filter((living) => living.instance.pid > 0);
  return processes.map(({ number, instance }) => ({
    slot: process.spec.kind === 'match' ? number : slot.number,
    pid: instance.pid,
    startedAt: iso(instance.startedAtMs),
  }));
}

function slotStatus(process: ProcessRecord, slot: Slot, now: Moment): SlotStatus {
  const deadline = deadlineOf(slot.phase);
  return {
    slot: slot.number,
    state: publicState[slot.phase.is],
    since: iso(wallOf(slot.sinceMs, now)),
    nextAt: deadline === null ? null : iso(wallOf(deadline, now)),
    restarts: restartsInWindow(slot, process.spec.restart, now.monoMs).length,
    givenUpWith: givenUpWith(slot),
  };
}

function givenUpWith({ phase, course }: Slot): string | null {
  if (course.is === 'give-up') return course.cause;
  return phase.is === 'fatal' ? phase.cause : null;
}

function restartStatus(process: ProcessRecord, now: Moment): RestartStatus {
  const { restart } = process.spec;
  const counts = process.slots.map((slot) => restartsInWindow(slot, restart, now.monoMs));
  const most = counts.reduce<readonly number[]>((highest, one) => (one.length > highest.length ? one : highest), []);
  const oldest = most[0];
  return {
    count: most.length,
    limit: restart.limit,
    within: formatDuration(restart.withinMs),
    nextFreeAt: oldest === undefined ? null : iso(wallOf(oldest + restart.withinMs, now)),
  };
}

/** Of the slot that ended last. */
function latestExit(process: ProcessRecord): ProcessStatus['lastExit'] {
  const ended = process.slots.filter((slot) => slot.lastExit !== null);
  const latest = ended.reduce<Slot | null>(
    (last, slot) => (last === null || slot.sinceMs > last.sinceMs ? slot : last),
    null,
  );
  return latest?.lastExit ?? null;
}

/** What has come up since is no news. */
function lastFailure({ slots }: ProcessRecord): string | null {
  return (
    slots.find((slot) => slot.lastFailure !== null && slot.phase.is !== 'running' && slot.phase.is !== 'examining')
      ?.lastFailure ?? null
  );
}

function pauseStatus(pause: Pause | null): PauseStatus | null {
  return pause === null
    ? null
    : { by: pause.by, why: pause.why, until: pause.untilWallMs === null ? null : iso(pause.untilWallMs) };
}

export function wallOf(monoMs: number, now: Moment): number {
  return Math.round(now.wallMs + (monoMs - now.monoMs));
}

function iso(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
