import { exitText } from '../notices/text.ts';
import type { Moment } from '../ports/clock.ts';
import { formatDuration } from '../profile/duration.ts';
import { conditionHolds } from './dependencies.ts';
import { publicState, stateOf } from './phase.ts';
import { restartsInWindow } from './restart-limit.ts';
import { wallOf } from './snapshot.ts';
import { stallOfAll } from './stall-status.ts';
import type { EngineState, Pause, ProcessRecord, Slot } from './state.ts';
import { deadlineOf } from './state.ts';
import { why } from './why.ts';

/** Writes a moment (ms since 1970) as people at that place read it. */
export type Clockface = (wallMs: number) => string;

/** One paragraph that answers "why is it as it is, and what comes next?", from the state alone. */
export function explain(state: EngineState, index: number, now: Moment, at: Clockface): string {
  const process = state.processes[index];
  if (process === undefined) return '';
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
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function standing(process: ProcessRecord, now: Moment, at: Clockface): string {
  const slots = process.slots.length;
  const state = stateOf(process.slots);
  const worst = process.slots.find((slot) => publicState[slot.phase.is] === state);
  const since = worst === undefined ? '' : ` since ${at(wallOf(worst.sinceMs, now))}`;
  const share =
    slots > 1 ? ` (${process.slots.filter((slot) => publicState[slot.phase.is] === state).length} of ${slots})` : '';
  const wish = process.wanted === 'down' ? ', as an operator wants it' : '';
  return `${process.name} is ${state}${share}${since}${wish}.`;
}

function stalled(process: ProcessRecord, now: Moment, at: Clockface): string {
  const stall = stallOfAll(process.slots);
  return stall === null ? '' : `Its rule ${stall.rule} has been broken since ${at(wallOf(stall.sinceMs, now))}.`;
}

function paused(state: EngineState, process: ProcessRecord, at: Clockface): string {
  const own = process.pause;
  const group = state.groups.find((candidate) => candidate.spec.name === process.group)?.pause ?? null;
  const pause: Pause | null = own ?? group;
  if (pause === null) return '';
  const what = own === null ? `Its group ${process.group} is` : 'It is';
  const until = pause.untilWallMs === null ? 'until somebody resumes it' : `until ${at(pause.untilWallMs)}`;
  return `${what} paused by ${pause.by} ${until}${pause.why === '' ? '' : `: ${pause.why}`}.`;
}

/** When the engine acts by itself. */
function next(process: ProcessRecord, now: Moment, at: Clockface): string {
  const slot = process.slots.find((candidate) => candidate.phase.is === 'backoff');
  const deadline = slot === undefined ? null : deadlineOf(slot.phase);
  return deadline === null ? '' : `The next try is at ${at(wallOf(deadline, now))}.`;
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
  const noun = restart.limit === 1 ? 'restart' : 'restarts';
  const verb = most.length === 1 ? 'is' : 'are';
  const count = `${most.length} of ${restart.limit} ${noun} within ${formatDuration(restart.withinMs)} ${verb} used, the last at ${at(wallOf(latest, now))}`;
  return `${count}; the next leaves the window at ${at(wallOf(oldest + restart.withinMs, now))}.`;
}

function ended(process: ProcessRecord): string {
  const slot = process.slots.find((candidate: Slot) => candidate.phase.is === 'running' && candidate.lastExit !== null);
  return slot?.lastExit == null ? '' : `It last ended with ${exitText(slot.lastExit, 'en')}.`;
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
  return names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'waits' : 'wait'} for it.`;
}
