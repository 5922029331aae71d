import type { NoticeId } from '../notices/catalogue.ts';
import { type PhraseId, phrase } from '../notices/phrase.ts';
import { dump, heartbeat } from './dump.ts';
import { changeParameters, undoParameters } from './parameters.ts';
import { endPause, pauseOf, setPause, targetNames } from './pause.ts';
import type { Answer, Request } from './request.ts';
import { cycle } from './state.ts';
import type { Resolved } from './target.ts';
import { resolveTarget } from './target.ts';
import type { Place, Turn } from './turn.ts';

type Found = Extract<Resolved, { ok: true }>;
type Verb = Request['verb'];
type Act<V extends Verb> = (turn: Turn, found: Found, by: string, request: Extract<Request, { verb: V }>) => Answer;

/** What each request does. A refusal says why, and changes nothing. */
const acts: { readonly [V in Verb]: Act<V> } = {
  pause,
  resume,
  start,
  stop,
  restart,
  clear,
  dump,
  heartbeat,
  set: changeParameters,
  unset: undoParameters,
};

export function obey(turn: Turn, id: number, by: string, request: Request): void {
  const found = resolveTarget(turn.state, request.target);
  const answer = found.ok ? (acts[request.verb] as Act<Verb>)(turn, found, by, request) : found;
  turn.effect({ do: 'answer', id, answer });
}

function pause(turn: Turn, found: Found, by: string, request: Extract<Request, { verb: 'pause' }>): Answer {
  if (found.kind === 'slot') return refuse(phrase('refuse-slot-pause'));
  const { why, untilMs } = request;
  if (untilMs !== null && untilMs <= turn.at.wallMs) return refuse(phrase('refuse-past-pause'));
  const names = pausable(turn, found);
  for (const name of names) setPause(turn, name, { by, why, untilWallMs: untilMs });
  for (const name of names) {
    const until = untilMs === null ? 'resumed' : new Date(untilMs).toISOString();
    turn.notice(
      'operator.paused',
      null,
      { target: name, until, why: why === '' ? '-' : why },
      { by, ...targetNames(name) },
    );
  }
  return done(names);
}

function resume(turn: Turn, found: Found, by: string): Answer {
  const names = pausedNames(turn, found);
  if (names.length === 0) return refuse(notPausedReason(turn, found));
  for (const name of names) {
    const missed = endPause(turn, name);
    turn.notice(
      'operator.resumed',
      null,
      { target: name, missed: missed.length === 0 ? '-' : missed.join(' ') },
      { by, ...targetNames(name) },
    );
  }
  return done(names);
}

/** Everything and groups are paused as groups, so that a process that a reload adds is paused with them. */
function pausable(turn: Turn, found: Found): string[] {
  return found.kind === 'all' ? turn.state.groups.map((group) => group.spec.name) : [found.name];
}

/** A resumed group takes the pauses of its members with it. */
function pausedNames(turn: Turn, found: Found): string[] {
  const groups = turn.state.groups.filter(
    (group) =>
      group.pause !== null && (found.kind === 'all' || (found.kind === 'group' && group.spec.name === found.name)),
  );
  const processes = found.processes.map((index) => turn.process(index)).filter((process) => process.pause !== null);
  return [...processes.map((process) => process.name), ...groups.map((group) => group.spec.name)];
}

function notPausedReason(turn: Turn, found: Found): string {
  const [process] = found.processes;
  if (process !== undefined && found.kind !== 'all' && pauseOf(turn, process) !== null) {
    return phrase('paused-with-group', { name: found.name, group: turn.process(process).group });
  }
  return phrase('not-paused', { name: found.name });
}

function start(turn: Turn, found: Found, by: string): Answer {
  const names: string[] = [];
  for (const index of unpaused(turn, found)) {
    const process = turn.process(index);
    const places = placesOf(turn, found, index).filter((place) => process.wanted === 'down' || isAtRest(turn, place));
    if (places.length === 0) continue;
    turn.changeProcess(index, { wanted: 'up' });
    // A slot that had ended or was given up tries once more, and this start does not count; the counters stay.
    for (const place of places) if (isAtRest(turn, place)) turn.changeSlot(place, { course: cycle });
    turn.openAll(index);
    // Whoever waited for it to be down waits no more.
    turn.openNeighbours(index);
    names.push(process.name);
  }
  return answered(turn, found, by, 'operator.started', names, 'running-already');
}

function stop(turn: Turn, found: Found, by: string): Answer {
  if (found.kind === 'slot' && turn.process(found.processes[0] ?? 0).slots.length > 1) {
    return refuse(phrase('refuse-slot-stop'));
  }
  const names: string[] = [];
  for (const index of found.processes) {
    if (turn.process(index).wanted === 'down') continue;
    turn.changeProcess(index, { wanted: 'down' });
    turn.openAll(index);
    turn.openNeighbours(index);
    names.push(turn.process(index).name);
  }
  return answered(turn, found, by, 'operator.stopped', names, 'stopped-already');
}

function restart(turn: Turn, found: Found, by: string): Answer {
  const names: string[] = [];
  const indexes = unpaused(turn, found).filter((index) => placesOf(turn, found, index).length > 0);
  for (const index of indexes) {
    turn.changeProcess(index, { wanted: 'up' });
    for (const place of placesOf(turn, found, index)) turn.changeSlot(place, { course: cycle });
    names.push(turn.process(index).name);
  }
  // Marked all before any moves: a member that is down must not start against one that is about to go down.
  for (const index of indexes) {
    turn.openAll(index);
    turn.openNeighbours(index);
  }
  return answered(turn, found, by, 'operator.restarted', names, 'nothing-to-restart');
}

function clear(turn: Turn, found: Found, by: string): Answer {
  const names = found.processes.map((index) => turn.process(index).name);
  const places = found.processes.flatMap((index) => placesOf(turn, found, index));
  const cleared = new Set(places.map((place) => turn.slotName(place)));
  for (const place of [...places, ...givenUpWith(turn, cleared)]) {
    const { phase, course } = turn.slot(place);
    // What was given up, or waits for its next try, tries again now.
    const isHeld = phase.is === 'fatal' || phase.is === 'backoff' || course.is === 'give-up';
    turn.changeSlot(place, { restarts: [], course: isHeld ? cycle : course });
    turn.open(place);
  }
  return answered(turn, found, by, 'operator.cleared', names, 'nothing-to-clear');
}

/** Those that their group gave up together with one of these try again with it. */
function givenUpWith(turn: Turn, causes: ReadonlySet<string>): Place[] {
  return [...turn.state.processes.keys()]
    .flatMap((index) => turn.places(index))
    .filter((place) => {
      const { phase, course } = turn.slot(place);
      const cause = course.is === 'give-up' ? course.cause : phase.is === 'fatal' ? phase.cause : null;
      return cause !== null && causes.has(cause) && !causes.has(turn.slotName(place));
    });
}

/** What is paused is neither started nor restarted: resume it first. */
function unpaused(turn: Turn, found: Found): number[] {
  return found.processes.filter((index) => pauseOf(turn, index) === null);
}

/** The slots that are meant. What a reload has taken away goes, whatever is asked of its group meanwhile. */
function placesOf(turn: Turn, found: Found, index: number): Place[] {
  return turn
    .places(index)
    .filter((place) => (found.slot === null || found.slot === place.number) && turn.slot(place).course.is !== 'retire');
}

/** Down, waiting for its next try, or on the way down for good. */
function isAtRest(turn: Turn, place: Place): boolean {
  const { phase, course } = turn.slot(place);
  return course.is === 'give-up' || ['stopped', 'exited', 'fatal', 'backoff'].includes(phase.is);
}

function answered(
  turn: Turn,
  found: Found,
  by: string,
  id: NoticeId,
  names: readonly string[],
  nothing: PhraseId,
): Answer {
  if (names.length === 0) {
    const [first] = found.processes;
    const pause = first === undefined ? null : pauseOf(turn, first);
    if (pause !== null)
      return refuse(
        phrase('paused-resume-first', {
          name: found.name,
          by: pause.by,
          whyAlso: pause.why === '' ? '' : `: ${pause.why}`,
        }),
      );
    return refuse(phrase(nothing, { name: found.name }));
  }
  turn.notice(
    id,
    null,
    { target: found.name },
    { by, ...(found.kind === 'all' ? {} : targetNames(found.name.split('#')[0] ?? '')) },
  );
  return done(names);
}

function done(affected: readonly string[]): Answer {
  return { ok: true, affected };
}

function refuse(problem: string): Answer {
  return { ok: false, problem };
}
