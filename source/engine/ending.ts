import { phrase } from '../notices/phrase.ts';
import { exitText } from '../notices/text.ts';
import type { Exit, Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import { formatDuration } from '../profile/duration.ts';
import type { RestartSpec } from '../profile/profile.ts';
import { fewestOf, noteSurplus } from './count.ts';
import { escalate } from './escalation.ts';
import { goesDown } from './going-down.ts';
import { collect } from './incident.ts';
import { pauseOf } from './pause.ts';
import { probe } from './probing.ts';
import { isLimitReached, nextChance, restartDelayMs, restartsInWindow } from './restart-limit.ts';
import { rest, rise } from './rising.ts';
import type { Ending, Living, Phase } from './state.ts';
import { silent, stay } from './state.ts';
import { giveUpWith } from './strategy.ts';
import type { Place, Turn } from './turn.ts';

/** How long the kernel may take to report the end of a process that was killed before it is killed again. */
const killAgainMs = 5_000;
/** How long the manager of a service may take to say what becomes of it after its main process has ended. */
const settleMs = 10_000;
/** A process that ends in good order so soon after it was found may be the first of a daemon, which has put its child in its place. */
const passingMs = 1_000;
/** How long that child is looked for before the end counts. */
const successorMs = 200;

/** An instance has ended. */
export function exited(turn: Turn, place: Place, instance: Instance, exit: Exit): void {
  const slot = turn.slot(place);
  const gone = slot.living.find((living) => isSameInstance(living.instance, instance));
  if (gone === undefined) return;
  const living = slot.living.filter((other) => other !== gone);
  // What it said of itself goes with the last of them.
  const word = living.length === 0 ? silent : slot.word;
  turn.changeSlot(place, { living, lastExit: exit, lastDead: instance, word });
  noteSurplus(turn, place);
  if (slot.phase.is === 'asking' || slot.phase.is === 'sweeping') return endedWhileStopping(turn, place, exit, gone);
  if (slot.phase.is === 'readying') turn.effect({ do: 'stop-probing', instance });
  announceEnd(turn, place, exit, gone);
  switch (turn.process(place.process).spec.kind) {
    case 'command':
      return sweep(turn, place, { kind: 'died', exit }, [gone]);
    case 'match':
      return matchDied(turn, place, exit);
    case 'service':
      return serviceDied(turn, place, exit);
  }
}

/** Several may stand for a match entry, and none of them is our child: no tree of theirs is touched. */
function matchDied(turn: Turn, place: Place, exit: Exit): void {
  const { phase, living, sinceMs } = turn.slot(place);
  const process = turn.process(place.process);
  // The others are restarted with it, as was decided.
  if (phase.is === 'examining') return living.length > 0 ? undefined : ended(turn, place, { kind: 'died', exit });
  if (phase.is !== 'running' && phase.is !== 'readying') return;
  if (living.length >= fewestOf(process.spec)) return phase.is === 'readying' ? probe(turn, place) : undefined;
  if (goesDown(process, turn.slot(place)) && living.length > 0) return turn.open(place);
  const isPassing = turn.nowMs - sinceMs < passingMs && !('signal' in exit) && (!('code' in exit) || exit.code === 0);
  if (isPassing) turn.effect({ do: 'search', process: process.name });
  const forMs = process.spec.kind === 'match' ? process.spec.instances.forMs : 0;
  const toleratedMs = isPassing ? Math.max(forMs, successorMs) : forMs;
  const ending: Ending = { kind: 'died', exit };
  if (toleratedMs > 0) turn.enter(place, { is: 'lacking', untilMs: turn.nowMs + toleratedMs, ending });
  else ended(turn, place, ending);
}

/** Its manager may bring it back by itself, and must not be run over. */
function serviceDied(turn: Turn, place: Place, exit: Exit): void {
  const { phase } = turn.slot(place);
  if (phase.is !== 'running' && phase.is !== 'readying' && phase.is !== 'examining') return;
  turn.enter(place, { is: 'settling', untilMs: turn.nowMs + settleMs, exit });
  turn.effect({ do: 'search', process: turn.process(place.process).name });
}

function announceEnd(turn: Turn, place: Place, exit: Exit, gone: Living): void {
  const { spec } = turn.process(place.process);
  const id = isExpected(spec.restart, exit) ? 'process.exited' : 'process.down';
  turn.notice(id, place, { reason: exit }, { pid: gone.instance.pid });
  if (id === 'process.down') collectDead(turn, place, exit, gone);
}

/** Evidence of a death that nobody asked for. */
export function collectDead(turn: Turn, place: Place, exit: Exit, { instance }: Living): void {
  collect(turn, place, { reason: { kind: 'down', exit }, text: exitText(exit, 'en'), instance, lives: false });
}

function endedWhileStopping(turn: Turn, place: Place, exit: Exit, gone: Living): void {
  const { phase, living } = turn.slot(place);
  if ((phase.is === 'asking' && phase.ending.kind === 'asked') || isEndedTogether(phase))
    turn.notice('process.stopped', place, { reason: exit }, { pid: gone.instance.pid });
  if (living.length > 0) return;
  if (phase.is === 'asking') sweep(turn, place, phase.ending, phase.asked);
  else if (phase.is === 'sweeping' && phase.swept) ended(turn, place, phase.ending);
}

/** A match entry is restarted as a whole: the end of those that did nothing wrong does not go unsaid. */
function isEndedTogether(phase: Phase): boolean {
  return (phase.is === 'asking' || phase.is === 'sweeping') && phase.ending.kind === 'failed' && phase.asked.length > 1;
}

/** Asks every instance of the slot to end; the grace period begins. */
export function ask(turn: Turn, place: Place, ending: Ending): void {
  const slot = turn.slot(place);
  const { spec, name } = turn.process(place.process);
  if (slot.phase.is === 'readying')
    for (const living of slot.living) turn.effect({ do: 'stop-probing', instance: living.instance });
  turn.enter(place, { is: 'asking', untilMs: turn.nowMs + spec.stop.graceMs, ending, asked: slot.living });
  for (const living of slot.living)
    turn.effect({ do: 'ask', slot: turn.slotName(place), process: name, instance: living.instance, spec });
}

/** Kills what is left of the tree. A process that ended by itself leaves no tree behind either. */
export function sweep(turn: Turn, place: Place, ending: Ending, asked: readonly Living[]): void {
  const { spec } = turn.process(place.process);
  // The tree of a service is its manager's business.
  const tree = spec.stop.tree && spec.kind !== 'service';
  const isNobodyLeft = turn.slot(place).living.length === 0;
  if (isNobodyLeft && !tree) return ended(turn, place, ending);
  turn.enter(place, { is: 'sweeping', untilMs: null, swept: false, ending, asked });
  turn.effect({ do: 'kill-tree', slot: turn.slotName(place), instances: asked, tree });
}

export function swept(turn: Turn, place: Place, left: readonly number[]): void {
  const { phase, living } = turn.slot(place);
  if (phase.is !== 'sweeping' || phase.swept) return;
  if (left.length > 0)
    turn.notice('process.left-over', place, { pids: left.join(' '), reason: phrase('could-not-be-killed') });
  if (living.length === 0) return ended(turn, place, phase.ending);
  turn.enter(place, { ...phase, swept: true, untilMs: turn.nowMs + killAgainMs });
}

/** Of a start that fails in one of these no instance was ever known; what was stopped has its incident already. */
const startingPhases: ReadonlySet<Phase['is']> = new Set(['launching', 'scripting', 'searching']);

/** Nothing of it lives, or too little: decides what comes next. */
export function ended(turn: Turn, place: Place, ending: Ending): void {
  const lastFailure = ending.kind === 'failed' ? ending.reason : null;
  if (turn.slot(place).lastFailure !== lastFailure) turn.changeSlot(place, { lastFailure });
  const process = turn.process(place.process);
  const slot = turn.slot(place);
  if (ending.kind === 'failed' && startingPhases.has(slot.phase.is))
    collect(turn, place, { reason: { kind: 'failed' }, text: ending.reason, instance: null, lives: false });
  if (process.wanted === 'down' || slot.course.is === 'retire' || slot.course.is === 'give-up')
    return rest(turn, place, slot);
  const isOver = ending.kind === 'died' && isExpected(process.spec.restart, ending.exit);
  if (isOver && slot.course.is !== 'cycle') return turn.enter(place, { is: 'exited' });
  if (pauseOf(turn, place.process) !== null) {
    return turn.enter(place, { is: 'waiting', for: 'resume' }, { missed: ending.kind !== 'asked', course: stay });
  }
  if (slot.course.is === 'cycle' || ending.kind === 'asked') return rest(turn, place, slot);
  restartOrGiveUp(turn, place, ending);
}

function restartOrGiveUp(turn: Turn, place: Place, ending: Ending): void {
  const { restart, kind } = turn.process(place.process).spec;
  if (kind === 'match' && restart.run === null) return waitToAppear(turn, place);
  const slot = turn.slot(place);
  if (isLimitReached(slot, restart, turn.nowMs))
    return giveUp(turn, place, ending.kind === 'died' ? ending.exit : endingText(ending));
  const earlier = restartsInWindow(slot, restart, turn.nowMs);
  const { random, chance } = nextChance(turn.state.random);
  turn.changeState({ random });
  const delayMs = restartDelayMs(restart, earlier.length, chance);
  turn.notice('process.restarting', place, {
    count: earlier.length + 1,
    limit: restart.limit,
    within: formatDuration(restart.withinMs),
    delayMs,
  });
  // What is found rather than made counts when its script runs or its manager is asked, a command when its restart is decided.
  turn.changeSlot(place, { restarts: kind === 'command' ? [...earlier, turn.nowMs] : earlier });
  if (delayMs === 0) rise(turn, place, 'failure', true);
  else turn.enter(place, { is: 'backoff', untilMs: turn.nowMs + delayMs });
}

function waitToAppear(turn: Turn, place: Place): void {
  turn.enter(place, { is: 'waiting', for: 'appearance' });
  turn.notice('process.missing', place, { reason: phrase('ended-no-script') });
}

/** The end of restarting, said once; those who cannot be without it are given up too, and the group's escalation follows. */
export function giveUp(turn: Turn, place: Place, reason: Exit | string): void {
  const { spec } = turn.process(place.process);
  const words = typeof reason === 'string' ? reason : exitText(reason, 'en');
  turn.enter(place, { is: 'fatal', reason: words, cause: null });
  turn.notice('process.gave-up', place, {
    limit: spec.restart.limit,
    within: formatDuration(spec.restart.withinMs),
    reason,
  });
  giveUpWith(turn, place);
  escalate(turn, place, words);
}

function isExpected(restart: RestartSpec, exit: Exit): boolean {
  if (restart.when === 'never') return true;
  return restart.when === 'on-failure' && 'code' in exit && restart.successExitCodes.includes(exit.code);
}

function endingText(ending: Ending): string {
  return ending.kind === 'failed' ? ending.reason : 'it was stopped';
}
