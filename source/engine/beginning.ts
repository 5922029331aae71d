import { phrase } from '../notices/phrase.ts';
import type { Instance } from '../ports/instance.ts';
import type { ProcessSpec, StallSpec } from '../profile/profile.ts';
import type { SavedProcess, SavedSlot, SavedState } from './durable.ts';
import { ask, collectDead, ended, sweep } from './ending.ts';
import type { Began } from './event.ts';
import { layOver } from './parameters.ts';
import { armPause, pauseOf } from './pause.ts';
import { changeProfile } from './reload.ts';
import { rise } from './rising.ts';
import { newSlot } from './slot.ts';
import { cameUp, lookForResult } from './starting.ts';
import type { Living, ProcessRecord } from './state.ts';
import { silent, stay } from './state.ts';
import type { Place, Turn } from './turn.ts';

/**
 * The first step of a life: the engine becomes what the earlier one was when it ended, and then takes its profile as a
 * reload would. So what changed in the profile meanwhile restarts, and what it no longer names is stopped.
 */
export function began(turn: Turn, event: Began): void {
  const { profile, saved } = event;
  turn.changeLife(event.generation, event.seed);
  if (saved !== null) {
    resume(turn, saved);
    if (!saved.endedInOrder) noteRecovery(turn, saved, event);
    const alive = new Set(event.alive.map(identity));
    turn.state.processes.forEach((process, index) => {
      for (const place of turn.places(index)) {
        const record = saved.slots[`${process.name}#${place.number}`];
        if (record === undefined) continue;
        recover(turn, place, record, event, alive);
        if (saved.sameBoot) keepSince(turn, place, record);
      }
    });
  }
  changeProfile(turn, profile);
}

function resume(turn: Turn, saved: SavedState): void {
  const groups = Object.values(saved.groups).map(({ spec, pause }) => ({ spec, pause }));
  const numbers = slotNumbers(saved);
  const processes = Object.entries(saved.processes).map(([name, record]) =>
    savedProcess(name, record, numbers.get(name) ?? [], turn.nowMs),
  );
  turn.restructure(groups, processes);
  turn.takeAsSaved();
  for (const { spec, pause } of groups) if (pause !== null) armPause(turn, spec.name, pause);
  for (const { name, pause } of processes) if (pause !== null) armPause(turn, name, pause);
}

function slotNumbers(saved: SavedState): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const slot of Object.keys(saved.slots)) {
    const [name = '', number] = slot.split('#');
    numbers.set(
      name,
      [...(numbers.get(name) ?? []), Number(number)].sort((a, b) => a - b),
    );
  }
  return numbers;
}

function savedProcess(name: string, record: SavedProcess, numbers: readonly number[], nowMs: number): ProcessRecord {
  const declared = withStalls(record.declared);
  const laid = layOver(declared, record.overrides);
  return {
    ...record,
    declared,
    name,
    spec: laid.ok ? laid.spec : declared,
    overrides: laid.ok ? record.overrides : {},
    slots: numbers.map((number) => newSlot(number, nowMs)),
  };
}

/** An older version knew no stalls and kept no evidence; the profile that follows in this step says what holds now. */
function withStalls(declared: ProcessSpec): ProcessSpec {
  const saved: Partial<ProcessSpec> = declared;
  if (saved.stall !== undefined) return declared;
  return { ...declared, stall: noStall, onStall: 'alert', rules: [], dump: [], keep: 0, secrets: [] };
}

const noStall: StallSpec = {
  heartbeatMs: null,
  heartbeatFile: null,
  outputMs: null,
  outputFile: null,
  cpuUnchangedMs: null,
  spinning: null,
  blockedMs: null,
  windowMs: null,
  probe: null,
};

function noteRecovery(turn: Turn, saved: SavedState, event: Began): void {
  const known = savedInstances(saved).length;
  const children = Object.values(saved.slots).filter(
    ({ phase, launch }) => phase === 'launching' && launch !== null && event.launched[launch] !== undefined,
  );
  const adopted = event.alive.length + children.length;
  turn.notice('engine.recovered', null, { adopted, lost: Math.max(0, known - event.alive.length) });
}

/** What `isSameInstance` compares, as one word: ten thousand are looked up, not compared with each other. */
function identity(instance: Instance): string {
  return `${instance.pid}.${instance.startTime}`;
}

/** Takes a slot over where the earlier life left it. */
function recover(turn: Turn, place: Place, record: SavedSlot, event: Began, aliveOnes: ReadonlySet<string>): void {
  // What an older version saved says nothing of a failed start.
  const { restarts, lastExit, lastFailure = null, lastDead, course, missed } = record;
  turn.changeSlot(place, { restarts, lastExit, lastFailure, lastDead, course, missed });
  if (event.saved?.sameBoot !== true) return recoverAfterBoot(turn, place, record);
  const isAlive = (living: Living) => aliveOnes.has(identity(living.instance));
  const alive = record.living.filter(isAlive);
  const orphan = record.launch === null ? undefined : event.launched[record.launch];
  if (record.phase === 'launching' && orphan !== undefined)
    alive.push({ number: 1, instance: orphan, launch: record.launch });
  const gone = record.living.filter((living) => !isAlive(living));
  if (record.phase === 'asking' || record.phase === 'sweeping') return recoverStop(turn, place, record, alive);
  if (gone.length > 0) noteLoss(turn, place, gone);
  // What an older version saved says nothing of a heartbeat.
  if (alive.length > 0) turn.changeSlot(place, { word: { ...silent, heartbeatMs: record.heartbeatMs ?? null } });
  if (alive.length > 0) return adopt(turn, place, record, alive);
  if (gone.length > 0) return endedMeanwhile(turn, place, gone);
  // The restart script of the earlier engine, or what it has started, lives: another beside it would start everything twice.
  if (record.phase === 'scripting' && orphan !== undefined)
    return lookForResult(turn, place, Math.max(record.untilMs ?? 0, turn.nowMs));
  rest(turn, place, record);
}

/** Phases that outlive an engine: people are told since when, and that is not since the new one has begun. */
const lasting: ReadonlySet<SavedSlot['phase']> = new Set(['running', 'stopped', 'exited', 'fatal']);

function keepSince(turn: Turn, place: Place, { phase, sinceMs }: SavedSlot): void {
  if (typeof sinceMs !== 'number' || !lasting.has(phase) || turn.slot(place).phase.is !== phase) return;
  turn.changeSlot(place, { sinceMs: Math.min(sinceMs, turn.nowMs) });
}

/** Everything died with the old boot, which is nobody's failure: start anew, the counters kept. */
function recoverAfterBoot(turn: Turn, place: Place, record: SavedSlot): void {
  turn.enter(
    place,
    { is: 'stopped' },
    { course: record.course.is === 'retire' ? record.course : stay, missed: false, lastDead: null },
  );
}

function recoverStop(turn: Turn, place: Place, record: SavedSlot, alive: readonly Living[]): void {
  const ending = record.ending ?? { kind: 'asked' };
  for (const living of alive) turn.effect({ do: 'watch', slot: turn.slotName(place), instance: living.instance });
  turn.changeSlot(place, { living: alive });
  if (alive.length > 0) ask(turn, place, ending);
  else sweep(turn, place, ending, record.asked);
}

/** Phases whose instances were ready when the earlier engine ended. */
const wereReady: ReadonlySet<SavedSlot['phase']> = new Set([
  'running',
  'examining',
  'lacking',
  'backoff',
  'scripting',
  'searching',
]);

function adopt(turn: Turn, place: Place, record: SavedSlot, alive: readonly Living[]): void {
  cameUp(turn, place, alive, 'adopted', wereReady.has(record.phase));
}

/** What ended while no engine watched: the kernel keeps no status for latecomers. */
const unseenExit = { unknown: phrase('unseen') };

function noteLoss(turn: Turn, place: Place, gone: readonly Living[]): void {
  const last = gone.at(-1);
  turn.changeSlot(place, { lastExit: unseenExit, lastDead: last?.instance ?? null });
  for (const living of gone) {
    turn.notice('process.down', place, { reason: unseenExit }, { pid: living.instance.pid });
    collectDead(turn, place, unseenExit, living);
  }
}

function endedMeanwhile(turn: Turn, place: Place, gone: readonly Living[]): void {
  if (turn.process(place.process).spec.kind !== 'command') {
    // Somebody may have brought it back already: look before the script runs.
    const isWanted = turn.process(place.process).wanted === 'up' && !isForGood(turn, place);
    if (isWanted && pauseOf(turn, place.process) === null) return rise(turn, place, 'failure');
    return ended(turn, place, { kind: 'died', exit: unseenExit });
  }
  sweep(turn, place, { kind: 'died', exit: unseenExit }, gone);
}

/** Taken away by a reload, or given up with another: it was on its way down, and does not come up again. */
function isForGood(turn: Turn, place: Place): boolean {
  const { course } = turn.slot(place);
  return course.is === 'retire' || course.is === 'give-up';
}

function rest(turn: Turn, place: Place, record: SavedSlot): void {
  switch (record.phase) {
    case 'fatal':
      return turn.enter(place, { is: 'fatal', reason: record.reason ?? '', cause: record.cause });
    case 'exited':
      return turn.enter(place, { is: 'exited' });
    case 'backoff':
      return turn.enter(place, { is: 'backoff', untilMs: record.untilMs ?? turn.nowMs });
    case 'stopped':
      return turn.enter(place, { is: 'stopped' });
    default:
      // Waiting, or a start whose child was never made.
      return isForGood(turn, place) ? turn.enter(place, { is: 'stopped' }) : rise(turn, place, 'first');
  }
}

/** Instances that a lost engine wrote down, for the runtime to look for. */
export function savedInstances(saved: SavedState): Instance[] {
  return Object.values(saved.slots).flatMap((slot) => slot.living.map((living) => living.instance));
}

/** Launches and restart scripts that were begun and whose pid was never written down. */
export function savedLaunches(saved: SavedState): { readonly slot: string; readonly launch: string }[] {
  return Object.entries(saved.slots).flatMap(([slot, record]) =>
    record.launch === null ? [] : [{ slot, launch: record.launch }],
  );
}
