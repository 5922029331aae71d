import { phrase } from '../notices/phrase.ts';
import type { ProcessKind } from '../profile/profile.ts';
import { began } from './beginning.ts';
import { converge } from './converge.ts';
import { noteShortage, surplusTimerRang } from './count.ts';
import { ask, ended, exited, sweep, swept } from './ending.ts';
import type { Event, Happening } from './event.ts';
import { endExamining, evidenceTaken } from './examining.ts';
import { collect } from './incident.ts';
import { obey } from './operator.ts';
import { pauseOf, pauseTimerRang } from './pause.ts';
import { emptyPlan, locate } from './plan.ts';
import { changeProfile, dropRetired } from './reload.ts';
import { rise } from './rising.ts';
import { serviceChanged, settleTimerRang } from './service.ts';
import { looked, probed } from './stall.ts';
import { becameReady, launched, scriptEnded, searched, searchTimerRang } from './starting.ts';
import type { EngineState } from './state.ts';
import { deadlineOf, restfulBrake, usualEvidence } from './state.ts';
import type { Place, Step } from './turn.ts';
import { Turn } from './turn.ts';
import { keepVitals, vitalTimerRang } from './vital.ts';
import { said } from './word.ts';

export const initialState: EngineState = {
  generation: '',
  launches: 0,
  incidents: 0,
  evidence: usualEvidence,
  random: 0,
  underWay: 0,
  brake: restfulBrake,
  groups: [],
  processes: [],
  plan: emptyPlan,
};

type Handler<T extends Happening['type']> = (turn: Turn, event: Extract<Happening, { type: T }>) => void;

/**
 * The engine. Pure: the same state and event give the same step, and the state given is not touched.
 * Facts about what is gone are ignored, so events may come late or twice.
 */
export function step(state: EngineState, event: Event): Step {
  const turn = new Turn(state, event.at);
  (handlers[event.type] as Handler<Happening['type']>)(turn, event);
  converge(turn);
  turn.takeLateEffects();
  keepVitals(turn);
  dropRetired(turn);
  return turn.finish();
}

const handlers: { readonly [T in Happening['type']]: Handler<T> } = {
  began,
  'profile-changed': (turn, { profile }) => changeProfile(turn, profile),
  launched: (turn, { slot, launch, result }) => at(turn, slot, (place) => launched(turn, place, launch, result)),
  exited: (turn, { slot, instance, exit }) => at(turn, slot, (place) => exited(turn, place, instance, exit)),
  searched: (turn, { process, found }) =>
    at(turn, `${process}#1`, (place) => isKind(turn, place, 'match') && searched(turn, place, found)),
  'service-changed': (turn, { process, state }) =>
    at(turn, `${process}#1`, (place) => isKind(turn, place, 'service') && serviceChanged(turn, place, state)),
  'escalation-failed': (turn, { group, problem }) =>
    turn.notice('action.failed', null, { target: group, action: 'escalation', reason: problem }, { group }),
  'script-ended': (turn, { slot, run, result }) => at(turn, slot, (place) => scriptEnded(turn, place, run, result)),
  'became-ready': (turn, { slot, instance }) => at(turn, slot, (place) => becameReady(turn, place, instance)),
  'ask-failed': (turn, { slot, problem }) =>
    at(turn, slot, (place) => turn.notice('action.failed', place, { target: slot, action: 'stop', reason: problem })),
  said: (turn, { slot, instance, message }) => at(turn, slot, (place) => said(turn, place, instance, message)),
  looked: (turn, { slot, instance, signs }) => at(turn, slot, (place) => looked(turn, place, instance, signs)),
  probed: (turn, { slot, instance, verdict }) => at(turn, slot, (place) => probed(turn, place, instance, verdict)),
  'evidence-taken': (turn, { slot, incident, result }) => evidenceTaken(turn, slot, incident, result),
  swept: (turn, { slot, left }) => at(turn, slot, (place) => swept(turn, place, left)),
  'timer-rang'(turn, { timer }) {
    const colon = timer.indexOf(':');
    const name = timer.slice(colon + 1);
    timers[timer.slice(0, colon)]?.(turn, name);
  },
  requested: (turn, { id, by, request }) => obey(turn, id, by, request),
};

/** What a timer means, by the first part of its name. */
const timers: Readonly<Record<string, (turn: Turn, name: string) => void>> = {
  slot: (turn, name) => at(turn, name, (place) => slotTimerRang(turn, place)),
  pause: pauseTimerRang,
  vital: (turn, name) => at(turn, name, (place) => vitalTimerRang(turn, place)),
  surplus: (turn, name) => at(turn, name, (place) => surplusTimerRang(turn, place)),
  // Those who wait for their turn are looked through in every step.
  brake: (turn) => turn.changeBrake({ wakeAtMs: null }),
};

function isKind(turn: Turn, place: Place, kind: ProcessKind): boolean {
  return turn.process(place.process).spec.kind === kind;
}

function at(turn: Turn, slot: string, act: (place: Place) => unknown): void {
  const place = locate(turn.state.plan, turn.state.processes, slot);
  if (place !== null) act(place);
}

/** A late ring of a timer that was set anew meanwhile finds its deadline still to come, and does nothing. */
function slotTimerRang(turn: Turn, place: Place): void {
  const { phase } = turn.slot(place);
  const deadline = deadlineOf(phase);
  if (deadline === null || turn.nowMs < deadline) return;
  switch (phase.is) {
    case 'backoff':
      return rise(turn, place, 'failure');
    case 'scripting':
      turn.effect({ do: 'cancel-script', slot: turn.slotName(place) });
      return failStart(turn, place, phrase('script-time-limit'));
    case 'searching':
      return searchTimerRang(turn, place);
    case 'readying':
      return readyTimerRang(turn, place, phase.means);
    case 'asking':
      return sweep(turn, place, phase.ending, phase.asked);
    case 'examining':
      return endExamining(turn, place);
    case 'lacking':
      noteShortage(turn, place);
      return ended(turn, place, phase.ending);
    case 'settling':
      return settleTimerRang(turn, place);
    case 'sweeping':
      turn.notice('action.failed', place, {
        target: turn.slotName(place),
        action: 'kill',
        reason: phrase('survives-kill'),
      });
      return sweep(turn, place, phase.ending, phase.asked);
    default:
      return;
  }
}

function readyTimerRang(turn: Turn, place: Place, means: 'ready' | 'fail'): void {
  if (means === 'ready') return becameReady(turn, place, null);
  const { ready } = turn.process(place.process).spec;
  // Monitoring is suspended: the process is not touched, and its time to get ready begins anew.
  if (pauseOf(turn, place.process) !== null)
    return turn.enter(place, { is: 'readying', untilMs: turn.nowMs + (ready?.withinMs ?? 0), means });
  const reason = phrase('not-ready', { long: phrase('milliseconds', { msCount: ready?.withinMs ?? 0 }) });
  turn.notice('process.down', place, { reason });
  const [first] = turn.slot(place).living;
  // It is asked to end at once: of what can be read of the living at this moment nothing is lost by that.
  if (first !== undefined)
    collect(turn, place, { reason: { kind: 'failed' }, text: reason, instance: first.instance, lives: true });
  ask(turn, place, { kind: 'failed', reason });
}

function failStart(turn: Turn, place: Place, reason: string): void {
  turn.notice('action.failed', place, { target: turn.process(place.process).name, action: 'restart.run', reason });
  ended(turn, place, { kind: 'failed', reason });
}
