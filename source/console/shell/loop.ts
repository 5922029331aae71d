import type { Command } from '../command.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { isQuiet } from '../quiet.ts';
import { update } from '../update.ts';

/** The one owner of the model. */
export interface Loop {
  readonly model: () => Model;
  readonly dispatch: (message: Message) => void;
  /** Calls back when there is a new model to draw; returns how to end that. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
}

/** The engine may tell of a thousand changes a second; they are drawn this often at most. Keys are drawn at once. */
const DRAW_EVERY_MS = 33;

/** Where nothing counts seconds, the clock alone is looked at that often: minutes that somebody is up may be told so late. */
const QUIET_DRAW_EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

export function startLoop(start: Model, perform: (command: Command) => void): Loop {
  let model = start;
  let shown = start;
  let timer: NodeJS.Timeout | null = null;
  let drawnAt = 0;
  const listeners = new Set<() => void>();

  const draw = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    drawnAt = performance.now();
    shown = model;
    for (const listener of listeners) listener();
  };
  const dispatch = (message: Message): void => {
    const { model: next, commands } = update(model, message);
    model = next;
    const waited = performance.now() - drawnAt;
    if (message.is === 'tick' && commands.length === 0 && waited < QUIET_DRAW_EVERY_MS && isAsQuiet(shown, next))
      return;
    const canWait = message.is === 'changed' || message.is === 'notice';
    if (canWait && waited < DRAW_EVERY_MS) timer ??= setTimeout(draw, DRAW_EVERY_MS - waited);
    else draw();
    for (const command of commands) perform(command);
  };
  return {
    model: () => shown,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** Both show the same minute, and neither counts seconds. */
function isAsQuiet(before: Model, after: Model): boolean {
  const isSameMinute = Math.floor(before.nowMs / MINUTE_MS) === Math.floor(after.nowMs / MINUTE_MS);
  // A key must not meet an order that is not on the screen.
  const isSameOrder = before.list.held === after.list.held;
  return isSameMinute && isSameOrder && before.status === after.status && isQuiet(before) && isQuiet(after);
}
