import type { Exit, Instance } from '../ports/instance.ts';
import type { GroupSpec, ProcessSpec } from '../profile/profile.ts';
import type {
  Course,
  Ending,
  EngineState,
  GroupRecord,
  Living,
  Override,
  Pause,
  ProcessRecord,
  Slot,
} from './state.ts';

/** What outlives the engine: one record a group, process and slot, under the keys `group:`, `process:` and `slot:`. */
export interface SavedState {
  /** False: the boot that it was saved under is over, so nothing of it lives, and its monotonic times were converted. */
  readonly sameBoot: boolean;
  /** The engine that saved it ended in order. */
  readonly endedInOrder: boolean;
  readonly groups: Readonly<Record<string, SavedGroup>>;
  readonly processes: Readonly<Record<string, SavedProcess>>;
  readonly slots: Readonly<Record<string, SavedSlot>>;
}

export interface SavedGroup {
  /** Without its members, which have records of their own. */
  readonly spec: GroupSpec;
  readonly pause: Pause | null;
}

export interface SavedProcess {
  readonly group: string;
  /** What was in force when the earlier engine ended: the next one begins from it, whatever its profile says. */
  readonly declared: ProcessSpec;
  readonly wanted: 'up' | 'down';
  readonly pause: Pause | null;
  readonly overrides: Readonly<Record<string, Override>>;
}

export interface SavedSlot {
  readonly phase: Slot['phase']['is'];
  /** Since when; null: nobody knows. What an older version saved says nothing of it. */
  readonly sinceMs?: number | null;
  readonly living: readonly Living[];
  readonly restarts: readonly number[];
  readonly lastExit: Exit | null;
  readonly lastFailure: string | null;
  readonly lastDead: Instance | null;
  readonly course: Course;
  readonly missed: boolean;
  /** The mark of a start or a restart script under way. */
  readonly launch: string | null;
  /** Of a backoff or a restart script. */
  readonly untilMs: number | null;
  /** Of a stop under way. */
  readonly ending: Ending | null;
  /** What was asked to stop, so that its tree is found again. */
  readonly asked: readonly Living[];
  /** Why it was given up, and with whom. */
  readonly reason: string | null;
  readonly cause: string | null;
  /** The heartbeat limit that the living process has asked for; null: that of its profile. */
  readonly heartbeatMs: number | null;
}

function saveGroup(group: GroupRecord): SavedGroup {
  return { spec: { ...group.spec, processes: [] }, pause: group.pause };
}

function saveProcess(process: ProcessRecord): SavedProcess {
  const { group, declared, wanted, pause, overrides } = process;
  return { group, declared, wanted, pause, overrides };
}

function saveSlot(slot: Slot): SavedSlot {
  const { phase } = slot;
  const isStopping = phase.is === 'asking' || phase.is === 'sweeping';
  return {
    phase: phase.is,
    sinceMs: slot.sinceMs,
    living: slot.living,
    restarts: slot.restarts,
    lastExit: slot.lastExit,
    lastFailure: slot.lastFailure,
    lastDead: slot.lastDead,
    course: slot.course,
    missed: slot.missed,
    launch: phase.is === 'launching' ? phase.launch : phase.is === 'scripting' ? phase.run : null,
    untilMs: phase.is === 'backoff' || phase.is === 'scripting' ? phase.untilMs : null,
    ending: isStopping ? phase.ending : null,
    asked: isStopping ? phase.asked : [],
    reason: phase.is === 'fatal' ? phase.reason : null,
    cause: phase.is === 'fatal' ? phase.cause : null,
    heartbeatMs: slot.word.heartbeatMs,
  };
}

/** The records in which two states differ; what is gone is null. `touched`: indexes of the processes that a step has written to. */
export function changedRecords(
  before: EngineState,
  after: EngineState,
  touched: Iterable<number>,
): Record<string, unknown> {
  const records: Record<string, unknown> = {};
  if (before.groups !== after.groups) compareGroups(before.groups, after.groups, records);
  if (before.plan !== after.plan) compareAllProcesses(before.processes, after.processes, records);
  else for (const index of touched) compareProcess(before.processes[index], after.processes[index], records);
  return records;
}

function compareGroups(
  before: readonly GroupRecord[],
  after: readonly GroupRecord[],
  records: Record<string, unknown>,
): void {
  const old = new Map(before.map((group) => [group.spec.name, group]));
  for (const group of after) {
    const was = old.get(group.spec.name);
    old.delete(group.spec.name);
    if (was !== group) records[`group:${group.spec.name}`] = saveGroup(group);
  }
  for (const name of old.keys()) records[`group:${name}`] = null;
}

function compareAllProcesses(
  before: readonly ProcessRecord[],
  after: readonly ProcessRecord[],
  records: Record<string, unknown>,
): void {
  const old = new Map(before.map((process) => [process.name, process]));
  for (const process of after) {
    compareProcess(old.get(process.name), process, records);
    old.delete(process.name);
  }
  for (const process of old.values()) compareProcess(process, undefined, records);
}

function compareProcess(
  was: ProcessRecord | undefined,
  now: ProcessRecord | undefined,
  records: Record<string, unknown>,
): void {
  if (was === now) return;
  const name = (now ?? was)?.name ?? '';
  if (now === undefined) records[`process:${name}`] = null;
  else if (was === undefined || !hasSameRecord(was, now)) records[`process:${name}`] = saveProcess(now);
  if (was?.slots === now?.slots) return;
  const old = new Map(was?.slots.map((slot) => [slot.number, slot]));
  for (const slot of now?.slots ?? []) {
    const before = old.get(slot.number);
    if (before === undefined || !hasSameSlotRecord(before, slot))
      records[`slot:${name}#${slot.number}`] = saveSlot(slot);
    old.delete(slot.number);
  }
  for (const slot of old.values()) records[`slot:${name}#${slot.number}`] = null;
}

function hasSameRecord(was: ProcessRecord, now: ProcessRecord): boolean {
  return (
    was.declared === now.declared &&
    was.wanted === now.wanted &&
    was.pause === now.pause &&
    was.overrides === now.overrides
  );
}

/** What a process says, and how its rules stand, changes often and is not saved. */
function hasSameSlotRecord(was: Slot, now: Slot): boolean {
  return (
    was === now ||
    (was.phase === now.phase &&
      was.living === now.living &&
      was.restarts === now.restarts &&
      was.lastExit === now.lastExit &&
      was.lastFailure === now.lastFailure &&
      was.lastDead === now.lastDead &&
      was.course === now.course &&
      was.missed === now.missed &&
      was.word.heartbeatMs === now.word.heartbeatMs)
  );
}
