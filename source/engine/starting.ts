import type { Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import type { ScriptResult } from '../ports/script-runner.ts';
import type { LaunchResult } from '../ports/spawner.ts';
import { ended, giveUp } from './ending.ts';
import { isLimitReached, restartsInWindow } from './restart-limit.ts';
import type { Living } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** First wait between two searches after a restart script; doubled up to the readiness interval. */
const firstSearchAgainMs = 50;

/** Begins to bring a slot up. Its dependencies hold, it is wanted and nobody paused it. */
export function start(turn: Turn, place: Place, asked: boolean): void {
  const { spec, name } = turn.process(place.process);
  if (spec.kind === 'match') return runScript(turn, place, asked);
  const launch = nextMark(turn);
  turn.enter(place, { is: 'launching', launch });
  turn.notice('process.starting', place, {});
  turn.effect({ do: 'launch', slot: turn.slotName(place), number: place.number, process: name, launch, spec });
}

/** For a `match` entry every run of the script counts, that of a first start included; only an operator's does not. */
function runScript(turn: Turn, place: Place, asked: boolean): void {
  const { spec, name } = turn.process(place.process);
  const slot = turn.slot(place);
  if (spec.restart.run === null) return awaitAppearance(turn, place);
  if (!asked && isLimitReached(slot, spec.restart, turn.nowMs)) return giveUp(turn, place, 'nothing matches');
  const run = nextMark(turn);
  const earlier = restartsInWindow(slot, spec.restart, turn.nowMs);
  const restarts = asked ? earlier : [...earlier, turn.nowMs];
  turn.enter(place, { is: 'scripting', run, untilMs: turn.nowMs + spec.restart.timeoutMs }, { restarts });
  turn.notice('process.starting', place, {});
  turn.effect({ do: 'run-script', slot: turn.slotName(place), process: name, run, spec });
}

/** Nothing matches and no script can bring it back: whatever starts it will be seen. */
export function awaitAppearance(turn: Turn, place: Place): void {
  turn.enter(place, { is: 'waiting', for: 'appearance' });
  turn.notice('process.missing', place, { reason: 'nothing matches, and no restart.run is given' });
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
    const reason = `the restart script failed: ${result.problem}`;
    turn.notice('action.failed', place, {
      target: turn.process(place.process).name,
      action: 'restart.run',
      reason: result.problem,
    });
    return ended(turn, place, { kind: 'failed', reason });
  }
  const { spec } = turn.process(place.process);
  const withinMs = spec.ready?.withinMs ?? defaultSearchMs;
  turn.enter(place, { is: 'searching', nextMs: turn.nowMs + firstSearchAgainMs, untilMs: turn.nowMs + withinMs });
  turn.effect({ do: 'search', process: turn.process(place.process).name });
}

/** How long a `match` entry without `ready` is looked for: the default of `ready.within`. */
const defaultSearchMs = 60_000;

/** What matches an entry now. New ones are taken in; those that are gone are the watcher's business. */
export function searched(turn: Turn, process: number, found: readonly Instance[]): void {
  const record = turn.process(process);
  const place = { process, number: 1 };
  if (record.spec.kind !== 'match' || record.slots.length === 0) return;
  const slot = turn.slot(place);
  const { phase } = slot;
  if (phase.is === 'stopped' || phase.is === 'asking' || phase.is === 'sweeping') return;
  const room = record.spec.instances.max - slot.living.length;
  const isNew = (instance: Instance) =>
    !slot.living.some((living) => isSameInstance(living.instance, instance)) &&
    (slot.lastDead === null || !isSameInstance(slot.lastDead, instance));
  const fresh = found.filter(isNew).slice(0, Math.max(0, room));
  if (fresh.length > 0) return cameUp(turn, place, numbered(slot.living, fresh), 'found');
  if (phase.is === 'waiting' && phase.for === 'search')
    turn.enter(place, { is: 'waiting', for: 'dependencies', asked: phase.asked });
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
    turn.notice('process.missing', place, { reason: 'nothing matches after the restart script' });
    return ended(turn, place, { kind: 'failed', reason: 'nothing matches after the restart script' });
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

/** New instances live in this slot. `wasReady`: an earlier engine knew them as ready, so that nothing is asked again. */
export function cameUp(
  turn: Turn,
  place: Place,
  fresh: readonly Living[],
  how: 'started' | 'found' | 'adopted',
  wasReady = false,
): void {
  const slot = turn.slot(place);
  const { spec, name } = turn.process(place.process);
  const living = [...slot.living, ...fresh].sort((a, b) => a.number - b.number);
  for (const one of fresh) {
    turn.effect({ do: 'watch', slot: turn.slotName(place), instance: one.instance });
    turn.notice('process.up', place, { how, pid: one.instance.pid }, { pid: one.instance.pid });
  }
  if (slot.phase.is === 'scripting') turn.effect({ do: 'cancel-script', slot: turn.slotName(place) });
  const isComplete = living.length >= (spec.kind === 'match' ? spec.instances.min : 1);
  if (!isComplete) return settleIncomplete(turn, place, living);
  const { ready } = spec;
  const isFound = how === 'found' && slot.phase.is !== 'searching' && slot.phase.is !== 'scripting';
  const first = living[0];
  if (ready === null || wasReady || first === undefined) return turn.enter(place, { is: 'running' }, { living });
  if (ready.probe.kind === 'after') {
    return turn.enter(place, { is: 'readying', untilMs: turn.nowMs + ready.probe.delayMs, means: 'ready' }, { living });
  }
  turn.enter(
    place,
    { is: 'readying', untilMs: isFound ? null : turn.nowMs + ready.withinMs, means: 'fail' },
    { living },
  );
  turn.effect({
    do: 'probe',
    slot: turn.slotName(place),
    number: place.number,
    process: name,
    instance: first.instance,
    spec,
  });
}

/** Some of several are there: the others are still to come. */
function settleIncomplete(turn: Turn, place: Place, living: readonly Living[]): void {
  const { phase } = turn.slot(place);
  if (phase.is === 'searching' || phase.is === 'scripting' || phase.is === 'backoff')
    turn.changeSlot(place, { living });
  else turn.enter(place, { is: 'waiting', for: 'dependencies', asked: false }, { living });
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
