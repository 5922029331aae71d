import type { Instance } from '../ports/instance.ts';
import { isSameInstance } from '../ports/instance.ts';
import type { Message } from '../ports/messages.ts';
import { probe } from './probing.ts';
import { triggered } from './stall.ts';
import type { Phase, Word } from './state.ts';
import type { Place, Turn } from './turn.ts';
import { changeVital, renewVitals, vitalOf } from './vital.ts';

/** A living process says something of itself. */
export function said(turn: Turn, place: Place, instance: Instance, message: Message): void {
  if (!turn.slot(place).living.some((living) => isSameInstance(living.instance, instance))) return;
  const speaker = nameMain(turn, place, instance, message.main ?? instance);
  takeWord(turn, place, speaker, message);
  if (message.extendMs !== undefined) extend(turn, place, speaker, turn.nowMs + message.extendMs);
  if (message.watchdog === 'trigger') triggered(turn, place, speaker);
}

function takeWord(turn: Turn, place: Place, speaker: Instance, message: Message): void {
  const { word } = turn.slot(place);
  const next: Word = {
    status: message.status === undefined ? word.status : message.status === '' ? null : message.status,
    is: isNow(word, message),
    heartbeatMs: message.heartbeatMs ?? word.heartbeatMs,
    stuckSinceMs: message.ready === true ? null : word.stuckSinceMs,
  };
  const fields = ['status', 'is', 'heartbeatMs', 'stuckSinceMs'] as const;
  if (fields.every((field) => next[field] === word[field])) return;
  turn.changeSlot(place, { word: next });
  if (next.heartbeatMs !== word.heartbeatMs) renewVitals(turn, place);
  if (word.stuckSinceMs !== null && next.stuckSinceMs === null) {
    const tookMs = Math.round(turn.nowMs - word.stuckSinceMs);
    turn.notice('process.stall-ended', place, { rule: 'heartbeat', tookMs }, { pid: speaker.pid });
  }
}

/** READY=1 ends a reload; nothing ends STOPPING=1 but the end. */
function isNow(word: Word, message: Message): Word['is'] {
  if (message.stopping === true || word.is === 'stopping') return 'stopping';
  if (message.reloading === true) return 'reloading';
  return message.ready === true ? null : word.is;
}

/** Phases in which another process can take the place of the one that speaks; the tree of what is being stopped goes with it. */
const takesMain: ReadonlySet<Phase['is']> = new Set(['readying', 'running', 'lacking', 'examining']);

/** MAINPID=: another process is watched in place of the one that says so. Returns whom the rest of the message is about. */
function nameMain(turn: Turn, place: Place, instance: Instance, main: Instance): Instance {
  const { phase, living } = turn.slot(place);
  if (!takesMain.has(phase.is) || living.some((one) => isSameInstance(one.instance, main))) return instance;
  turn.changeSlot(place, {
    living: living.map((one) => (isSameInstance(one.instance, instance) ? { ...one, instance: main } : one)),
  });
  // The first of the living is asked whether it is ready.
  const isProbed = phase.is === 'readying' && living[0] !== undefined && isSameInstance(living[0].instance, instance);
  if (isProbed) turn.effect({ do: 'stop-probing', instance });
  turn.effect({ do: 'unwatch', instance });
  turn.effect({ do: 'watch', slot: turn.slotName(place), instance: main });
  if (isProbed) probe(turn, place);
  turn.notice('process.up', place, { how: 'named by the process', pid: main.pid }, { pid: main.pid });
  return main;
}

/** EXTEND_TIMEOUT_USEC=: whatever deadline runs now comes no sooner. */
function extend(turn: Turn, place: Place, instance: Instance, untilMs: number): void {
  const slot = turn.slot(place);
  const { phase } = slot;
  if (phase.is === 'asking' || (phase.is === 'readying' && phase.means === 'fail')) {
    // A process that was found has all the time it needs.
    if (phase.untilMs === null || phase.untilMs >= untilMs) return;
    turn.changeSlot(place, { phase: { ...phase, untilMs } });
    turn.effect({ do: 'set-timer', timer: `slot:${turn.slotName(place)}`, atMs: untilMs });
    return;
  }
  const timers = vitalOf(slot, instance)?.timers ?? [];
  if (!timers.some(({ rule, dueMs }) => rule === 'heartbeat' && dueMs < untilMs)) return;
  changeVital(turn, place, instance, {
    timers: timers.map((timer) =>
      timer.rule === 'heartbeat' ? { ...timer, dueMs: Math.max(timer.dueMs, untilMs) } : timer,
    ),
  });
}
