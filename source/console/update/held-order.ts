import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { withList } from './list-state.ts';

/** So long the rows of a list that is sorted by what moves keep their places after a key. */
const STILL_MS = 5000;

/** Whoever goes down three rows and presses a key means the row that stood there when he looked. */
export function withHeldOrder(before: Model, model: Model, message: Message): Model {
  const { held, sort } = model.list;
  if (sort.by === 'profile' || sort.by === 'name') return held === null ? model : withList(model, { held: null });
  if (message.is === 'tick')
    return held !== null && model.nowMs >= held.untilMs ? withList(model, { held: null }) : model;
  if (message.is !== 'key' && message.is !== 'mouse') return model;
  // Another order is made of what is known now.
  const groups = held !== null && sort === before.list.sort ? held.groups : model.status.groups;
  return withList(model, { held: { groups, untilMs: model.nowMs + STILL_MS } });
}
