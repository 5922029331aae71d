import { phrase } from '../notices/phrase.ts';
import { exitText } from '../notices/text.ts';
import type { Moment } from '../ports/clock.ts';
import { formatDuration } from '../profile/duration.ts';
import { conditionHolds } from './dependencies.ts';
import { publicState, stateOf } from './phase.ts';
import { restartsInWindow } from './restart-limit.ts';
import { wallOf } from './snapshot.ts';
import { stallOfAll } from './stall-status.ts';
import type { EngineState, Pause, ProcessRecord } from './state.ts';
import { deadlineOf } from './state.ts';
import { why } from './why.ts';

/** Writes a moment (ms since 1970) as people at that place read it. */
export type Clockface = (wallMs: number) => string;

/** The sentences of one paragraph that answers "why is it as it is, and what comes next?", from the state alone. */
export function explain(state: EngineState, index: number, now: Moment, at: Clockface): readonly string[] {
  const process = state.processes[index];
  if (process === undefined) return [];
  const sentences = [
    standing(process, now, at),
    why(state, index) ?? '',
    stalled(process, now, at),
    paused(state, process, at),
    next(process, now, at),
    counted(process, now, at),
    ended(process),
    heldUp(state, index, process),
  ];
  return sentences.filter((sentence) => sentence !== '');
}

function standing(process: ProcessRecord, now: Moment, at: Clockface): string {
  const slots = process.slots.length;
  const state = stateOf(process.slots);
  const worst = process.slots.find((slot) => publicState[slot.phase.is] === state);
  const alike = process.slots.filter((slot) => publicState[slot.phase.is] === state).length;
  return phrase(process.wanted === 'down' ? 'standing-wanted-down' : 'standing', {
    name: process.name,
    state: phrase(`state-${state}`),
    shareAlso: slots > 1 ? phrase('share', { partCount: alike, wholeCount: slots }) : '',
    at: at(wallOf(worst?.sinceMs ?? now.monoMs, now)),
  });
}

function stalled(process: ProcessRecord, now: Moment, at: Clockface): string {
  const stall = stallOfAll(process.slots);
  return stall === null ? '' : phrase('rule-broken-since', { rule: stall.rule, at: at(wallOf(stall.sinceMs, now)) });
}

function paused(state: EngineState, process: ProcessRecord, at: Clockface): string {
  const own = process.pause;
  const group = state.groups.find((candidate) => candidate.spec.name === process.group)?.pause ?? null;
  const pause: Pause | null = own ?? group;
  if (pause === null) return '';
  const what = own === null ? phrase('its-group-is', { group: process.group }) : phrase('it-is');
  const told = { what, by: pause.by, whyAlso: pause.why === '' ? '' : `: ${pause.why}` };
  return pause.untilWallMs === null
    ? phrase('paused-open', told)
    : phrase('paused-until', { ...told, at: at(pause.untilWallMs) });
}

/** When the engine acts by itself. */
function next(process: ProcessRecord, now: Moment, at: Clockface): string {
  const slot = process.slots.find((candidate) => candidate.phase.is === 'backoff');
  const deadline = slot === undefined ? null : deadlineOf(slot.phase);
  return deadline === null ? '' : phrase('next-try', { at: at(wallOf(deadline, now)) });
}

function counted(process: ProcessRecord, now: Moment, at: Clockface): string {
  const { restart } = process.spec;
  const most = process.slots.reduce<readonly number[]>((highest, slot) => {
    const own = restartsInWindow(slot, restart, now.monoMs);
    return own.length > highest.length ? own : highest;
  }, []);
  const [oldest] = most;
  const latest = most.at(-1);
  if (oldest === undefined || latest === undefined) return '';
  return phrase('counted', {
    usedCount: most.length,
    limitCount: restart.limit,
    restarts: restart.limit === 1 ? 'restart' : 'restarts',
    within: formatDuration(restart.withinMs),
    are: most.length === 1 ? 'is' : 'are',
    last: at(wallOf(latest, now)),
    free: at(wallOf(oldest + restart.withinMs, now)),
  });
}

/** What runs again after a stall ended as it was asked to, which would sound as if all had been well. */
function ended(process: ProcessRecord): string {
  const running = process.slots.filter(({ phase }) => phase.is === 'running');
  const failed = running.find(({ lastFailure }) => lastFailure !== null);
  if (failed?.lastFailure != null) return phrase('last-restarted', { reason: failed.lastFailure.replace(/\.$/, '') });
  const slot = running.find(({ lastExit }) => lastExit !== null);
  return slot?.lastExit == null ? '' : phrase('last-ended', { exit: exitText(slot.lastExit, 'en') });
}

/** Who cannot start because of it. */
function heldUp(state: EngineState, index: number, process: ProcessRecord): string {
  const waiting = (state.plan.dependants[index] ?? []).filter((dependant) => {
    const other = state.processes[dependant];
    const condition = other?.spec.dependsOn[process.name];
    const waits =
      other?.slots.some((slot) => slot.phase.is === 'waiting' && slot.phase.for === 'dependencies') === true;
    return waits && condition !== undefined && !conditionHolds(process, condition);
  });
  const names = waiting.map((dependant) => state.processes[dependant]?.name ?? '');
  const [name = '', ...others] = names;
  if (name === '') return '';
  return others.length === 0 ? phrase('holds-up-one', { name }) : phrase('holds-up', { names: names.join(', ') });
}
