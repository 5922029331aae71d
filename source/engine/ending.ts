import { exitText } from '../notices/text.ts';
import type { Exit, Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import { formatDuration } from '../profile/duration.ts';
import type { RestartSpec } from '../profile/profile.ts';
import { groupOf, pauseOf } from './pause.ts';
import { isLimitReached, nextChance, restartDelayMs, restartsInWindow } from './restart-limit.ts';
import type { Ending, Living } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** How long the kernel may take to report the end of a process that was killed before it is killed again. */
const killAgainMs = 5_000;
/** The exit status that says "gave up" (`escalation: exit`). */
const gaveUpStatus = 3;

/** An instance has ended. */
export function exited(turn: Turn, place: Place, instance: Instance, exit: Exit): void {
  const slot = turn.slot(place);
  const gone = slot.living.find((living) => isSameInstance(living.instance, instance));
  if (gone === undefined) return;
  turn.changeSlot(place, {
    living: slot.living.filter((living) => living !== gone),
    lastExit: exit,
    lastDead: instance,
  });
  if (slot.phase.is === 'asking' || slot.phase.is === 'sweeping') return endedWhileStopping(turn, place, exit, gone);
  if (slot.phase.is === 'readying') turn.effect({ do: 'stop-probing', instance });
  announceEnd(turn, place, exit, gone);
  if (turn.process(place.process).spec.kind === 'match') return matchDied(turn, place, exit);
  sweep(turn, place, { kind: 'died', exit }, [gone]);
}

/** Several may stand for a match entry, and none of them is our child: no tree of theirs is touched. */
function matchDied(turn: Turn, place: Place, exit: Exit): void {
  const { phase } = turn.slot(place);
  if (phase.is === 'running' || phase.is === 'readying') ended(turn, place, { kind: 'died', exit });
}

function announceEnd(turn: Turn, place: Place, exit: Exit, gone: Living): void {
  const { spec } = turn.process(place.process);
  const id = isExpected(spec.restart, exit) ? 'process.exited' : 'process.down';
  turn.notice(id, place, { reason: exit }, { pid: gone.instance.pid });
}

function endedWhileStopping(turn: Turn, place: Place, exit: Exit, gone: Living): void {
  const { phase, living } = turn.slot(place);
  if (phase.is === 'asking' && phase.ending.kind === 'asked')
    turn.notice('process.stopped', place, { reason: exit }, { pid: gone.instance.pid });
  if (living.length > 0) return;
  if (phase.is === 'asking') sweep(turn, place, phase.ending, phase.asked);
  else if (phase.is === 'sweeping' && phase.swept) ended(turn, place, phase.ending);
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
  const isNobodyLeft = turn.slot(place).living.length === 0;
  if (isNobodyLeft && !spec.stop.tree) return ended(turn, place, ending);
  turn.enter(place, { is: 'sweeping', untilMs: null, swept: false, ending, asked });
  turn.effect({ do: 'kill-tree', slot: turn.slotName(place), instances: asked, tree: spec.stop.tree });
}

export function swept(turn: Turn, place: Place, left: readonly number[]): void {
  const { phase, living } = turn.slot(place);
  if (phase.is !== 'sweeping' || phase.swept) return;
  if (left.length > 0) turn.notice('process.left-over', place, { pids: left.join(' '), reason: 'could not be killed' });
  if (living.length === 0) return ended(turn, place, phase.ending);
  turn.enter(place, { ...phase, swept: true, untilMs: turn.nowMs + killAgainMs });
}

/** Nothing of it lives: decides what comes next. */
export function ended(turn: Turn, place: Place, ending: Ending): void {
  const { spec, wanted } = turn.process(place.process);
  const slot = turn.slot(place);
  const isPaused = pauseOf(turn, place.process) !== null;
  if (wanted === 'down' || slot.retiring) return turn.enter(place, { is: 'stopped' }, { cycling: false });
  if (isPaused)
    return turn.enter(place, { is: 'waiting', for: 'resume' }, { missed: ending.kind !== 'asked', cycling: false });
  if (slot.cycling || ending.kind === 'asked')
    return turn.enter(place, { is: 'waiting', for: 'dependencies', asked: true }, { cycling: false });
  if (ending.kind === 'died' && isExpected(spec.restart, ending.exit)) return turn.enter(place, { is: 'exited' });
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
  // A match entry counts when its script runs, a command entry when its restart is decided.
  const restarts = kind === 'match' ? earlier : [...earlier, turn.nowMs];
  if (delayMs === 0) turn.enter(place, { is: 'waiting', for: 'dependencies', asked: false }, { restarts });
  else turn.enter(place, { is: 'backoff', untilMs: turn.nowMs + delayMs }, { restarts });
}

function waitToAppear(turn: Turn, place: Place): void {
  turn.enter(place, { is: 'waiting', for: 'appearance' });
  turn.notice('process.missing', place, { reason: 'it ended, and no restart.run is given' });
}

/** The end of restarting, said once; the group's escalation follows. */
export function giveUp(turn: Turn, place: Place, reason: Exit | string): void {
  const { group, spec } = turn.process(place.process);
  turn.enter(place, { is: 'fatal', reason: typeof reason === 'string' ? reason : exitText(reason, 'en') });
  turn.notice('process.gave-up', place, {
    limit: spec.restart.limit,
    within: formatDuration(spec.restart.withinMs),
    reason,
  });
  if (groupOf(turn, group).spec.escalation.do === 'exit') turn.effect({ do: 'exit', status: gaveUpStatus });
}

function isExpected(restart: RestartSpec, exit: Exit): boolean {
  if (restart.when === 'never') return true;
  return restart.when === 'on-failure' && 'code' in exit && restart.successExitCodes.includes(exit.code);
}

function endingText(ending: Ending): string {
  return ending.kind === 'failed' ? ending.reason : 'it was stopped';
}
