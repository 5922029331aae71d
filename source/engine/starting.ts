import { phrase } from '../notices/phrase.ts';
import type { Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import type { ScriptResult } from '../ports/script-runner.ts';
import type { LaunchResult } from '../ports/spawner.ts';
import { awaitTurn, noteRestart } from './brake.ts';
import { fewestOf, noteSurplus } from './count.ts';
import { ended, giveUp } from './ending.ts';
import { probe } from './probing.ts';
import { isLimitReached, restartsInWindow } from './restart-limit.ts';
import type { Because, Living, Phase } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** First wait between two searches after a restart script; doubled up to the readiness interval. */
const firstSearchAgainMs = 50;

/** A slot is to come up: its dependencies hold, it is wanted and nobody paused it. It is given up instead, or has its turn. */
export function start(turn: Turn, place: Place, because: Because): void {
  const { spec } = turn.process(place.process);
  if (spec.kind === 'match' && spec.restart.run === null) return awaitAppearance(turn, place);
  if (spec.kind !== 'command' && because !== 'request' && isLimitReached(turn.slot(place), spec.restart, turn.nowMs)) {
    return giveUp(turn, place, spec.kind === 'match' ? phrase('nothing-matches') : phrase('service-down'));
  }
  awaitTurn(turn, place, because);
}

/** Its turn has come. */
export function begin(turn: Turn, place: Place, because: Because): void {
  const { spec, name } = turn.process(place.process);
  if (because === 'failure') noteRestart(turn);
  const mark = nextMark(turn);
  const slot = turn.slotName(place);
  if (spec.kind === 'command') {
    turn.enter(place, { is: 'launching', launch: mark });
    turn.effect({ do: 'launch', slot, number: place.number, process: name, launch: mark, spec });
  } else {
    // Every run of the script and every start by the manager counts, that of a first start included; only what was asked for does not.
    const earlier = restartsInWindow(turn.slot(place), spec.restart, turn.nowMs);
    const restarts = because === 'request' ? earlier : [...earlier, turn.nowMs];
    turn.enter(place, { is: 'scripting', run: mark, untilMs: turn.nowMs + spec.restart.timeoutMs }, { restarts });
    turn.effect({ do: 'run-script', slot, process: name, run: mark, spec });
  }
  turn.notice('process.starting', place, {});
}

/** Nothing matches and no script can bring it back: whatever starts it will be seen. */
function awaitAppearance(turn: Turn, place: Place): void {
  turn.enter(place, { is: 'waiting', for: 'appearance' });
  turn.notice('process.missing', place, { reason: phrase('no-match') });
}

export function launched(turn: Turn, place: Place, launch: string, result: LaunchResult): void {
  const { phase } = turn.slot(place);
  if (phase.is !== 'launching' || phase.launch !== launch) return;
  if (result.ok) return cameUp(turn, place, [{ number: 1, instance: result.instance, launch }], 'started');
  turn.notice('process.down', place, { reason: result.problem });
  ended(turn, place, { kind: 'failed', reason: result.problem });
}

export function scriptEnded(turn: Turn, place: Place, run: string, result: ScriptResult): void {
  const { phase } = turn.slot(place);
  if (phase.is !== 'scripting' || phase.run !== run) return;
  if (!result.ok) {
    const reason = phrase('script-failed', { problem: result.problem });
    turn.notice('action.failed', place, {
      target: turn.process(place.process).name,
      action: 'restart.run',
      reason: result.problem,
    });
    return ended(turn, place, { kind: 'failed', reason });
  }
  lookForResult(turn, place, turn.nowMs);
}

/** What a restart script has started is looked for, up to some time after its end. */
export function lookForResult(turn: Turn, place: Place, endMs: number): void {
  const { spec, name } = turn.process(place.process);
  const untilMs = endMs + (spec.ready?.withinMs ?? defaultSearchMs);
  turn.enter(place, { is: 'searching', nextMs: turn.nowMs + firstSearchAgainMs, untilMs });
  turn.effect({ do: 'search', process: name });
}

/** More instances than this are not taken in: an expression that is so wide is a mistake. */
const mostTakenIn = 1000;

/** How long a `match` entry without `ready` is looked for: the default of `ready.within`. */
const defaultSearchMs = 60_000;

/** What matches an entry now. New ones are taken in; those that are gone are the watcher's business. */
export function searched(turn: Turn, place: Place, found: readonly Instance[]): void {
  const slot = turn.slot(place);
  const { phase } = slot;
  if (phase.is === 'stopped' || phase.is === 'asking' || phase.is === 'sweeping' || phase.is === 'scripting') return;
  const isNew = (instance: Instance) =>
    !slot.living.some((living) => isSameInstance(living.instance, instance)) &&
    (slot.lastDead === null || !isSameInstance(slot.lastDead, instance));
  const fresh = found.filter(isNew).slice(0, mostTakenIn - slot.living.length);
  if (fresh.length > 0) return cameUp(turn, place, numbered(slot.living, fresh), 'found');
  const isLookedFor = phase.is === 'searching' || (phase.is === 'waiting' && phase.for === 'search');
  if (isLookedFor && slot.living.length >= fewestOf(turn.process(place.process).spec))
    turn.enter(place, { is: 'running' });
  else if (phase.is === 'waiting' && phase.for === 'search') turn.enter(place, { ...phase, for: 'dependencies' });
}

function numbered(living: readonly Living[], fresh: readonly Instance[]): Living[] {
  const taken = new Set(living.map((one) => one.number));
  return fresh.map((instance) => {
    let number = 1;
    while (taken.has(number)) number += 1;
    taken.add(number);
    return { number, instance, launch: null };
  });
}

/** The search's timer rang: look again, or call it a failed restart. */
export function searchTimerRang(turn: Turn, place: Place): void {
  const { phase, sinceMs } = turn.slot(place);
  const { spec, name } = turn.process(place.process);
  if (phase.is !== 'searching') return;
  if (turn.nowMs >= phase.untilMs) {
    const reason = phrase('no-match-after-script');
    turn.notice('process.missing', place, { reason });
    return ended(turn, place, { kind: 'failed', reason });
  }
  const againMs = Math.min(spec.ready?.intervalMs ?? 1000, Math.max(firstSearchAgainMs, turn.nowMs - sinceMs));
  turn.changeSlot(place, { phase: { ...phase, nextMs: turn.nowMs + againMs } });
  turn.effect({
    do: 'set-timer',
    timer: `slot:${turn.slotName(place)}`,
    atMs: Math.min(turn.nowMs + againMs, phase.untilMs),
  });
  turn.effect({ do: 'search', process: name });
}

/** Phases that go on as they are when one more instance comes. */
const joins: ReadonlySet<Phase['is']> = new Set(['running', 'readying', 'examining']);

/** New instances live in this slot. `wasReady`: an earlier engine knew them as ready, so that nothing is asked again. */
export function cameUp(
  turn: Turn,
  place: Place,
  fresh: readonly Living[],
  how: 'started' | 'found' | 'adopted',
  wasReady = false,
): void {
  const slot = turn.slot(place);
  const { spec } = turn.process(place.process);
  const living = [...slot.living, ...fresh].sort((a, b) => a.number - b.number);
  for (const one of fresh) {
    turn.effect({ do: 'watch', slot: turn.slotName(place), instance: one.instance });
    turn.notice('process.up', place, { how, pid: one.instance.pid }, { pid: one.instance.pid });
  }
  if (living.length < fewestOf(spec)) settleIncomplete(turn, place, living);
  else if (joins.has(slot.phase.is)) turn.changeSlot(place, { living });
  else enterLife(turn, place, living, { isRecent: how !== 'found' || isAwaited(slot.phase), wasReady });
  noteSurplus(turn, place);
}

/** Found because it was looked for: it has just been started. */
function isAwaited({ is }: Phase): boolean {
  return is === 'searching' || is === 'lacking';
}

/** Runs, or gets ready first. What was found running has all the time it needs for it: it is not ours to stop. */
function enterLife(
  turn: Turn,
  place: Place,
  living: readonly Living[],
  { isRecent, wasReady }: { isRecent: boolean; wasReady: boolean },
): void {
  const { ready } = turn.process(place.process).spec;
  if (ready === null || wasReady || living.length === 0) turn.enter(place, { is: 'running' }, { living });
  else if (ready.probe.kind === 'after') {
    turn.enter(place, { is: 'readying', untilMs: turn.nowMs + ready.probe.delayMs, means: 'ready' }, { living });
  } else {
    turn.enter(
      place,
      { is: 'readying', untilMs: isRecent ? turn.nowMs + ready.withinMs : null, means: 'fail' },
      { living },
    );
    probe(turn, place);
  }
}

/** How it tells that it is ready was changed while it gets ready: it is asked anew, in the new way. */
export function getReadyAnew(turn: Turn, place: Place): void {
  const { phase, living } = turn.slot(place);
  if (phase.is !== 'readying') return;
  for (const { instance } of living) turn.effect({ do: 'stop-probing', instance });
  enterLife(turn, place, living, { isRecent: phase.untilMs !== null, wasReady: false });
}

/** Some of several are there: the others are still to come. */
function settleIncomplete(turn: Turn, place: Place, living: readonly Living[]): void {
  const { phase } = turn.slot(place);
  if (phase.is === 'searching' || phase.is === 'scripting' || phase.is === 'backoff')
    turn.changeSlot(place, { living });
  else if (phase.is === 'lacking' || phase.is === 'readying' || phase.is === 'examining')
    turn.changeSlot(place, { living });
  else turn.enter(place, { is: 'waiting', for: 'dependencies', because: 'first' }, { living });
}

export function becameReady(turn: Turn, place: Place, instance: Instance | null): void {
  const slot = turn.slot(place);
  if (slot.phase.is !== 'readying') return;
  if (instance !== null && !slot.living.some((living) => isSameInstance(living.instance, instance))) return;
  const tookMs = Math.round(turn.nowMs - slot.sinceMs);
  turn.enter(place, { is: 'running' });
  turn.notice(
    'process.ready',
    place,
    { tookMs },
    { ...(slot.living[0] === undefined ? {} : { pid: slot.living[0].instance.pid }) },
  );
}

/** Marks are unique over all lives of the engine. */
function nextMark(turn: Turn): string {
  const launches = turn.state.launches + 1;
  turn.changeState({ launches });
  return `${turn.state.generation}.${launches}`;
}
