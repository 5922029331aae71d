import type { Message } from '../../source/console/message.ts';
import type { Model } from '../../source/console/model.ts';
import { type Start, startModel } from '../../source/console/start-model.ts';
import { update } from '../../source/console/update.ts';
import { notices, nowMs, status } from './fixtures.ts';

/** A console that has just opened on the usual shop; what is given is otherwise. */
export function openModel(change: Partial<Start> = {}): Model {
  return startModel({
    size: { columns: 100, rows: 30 },
    language: 'en',
    ascii: false,
    theme: 'none',
    embedded: false,
    nowMs,
    status,
    notices,
    ...change,
  });
}

/** What becomes of it, key by key and message by message; the commands are those of the last. */
export function told(model: Model, ...all: readonly (string | Message)[]): ReturnType<typeof update> {
  return all.reduce<ReturnType<typeof update>>(
    (step, one) => update(step.model, typeof one === 'string' ? { is: 'key', key: one } : one),
    { model, commands: [] },
  );
}
