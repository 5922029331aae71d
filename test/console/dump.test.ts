import { expect, test } from 'vitest';
import type { Message } from '../../source/console/message.ts';
import type { Model } from '../../source/console/model.ts';
import { noticeLine } from '../../source/notices/text.ts';
import { nowMs } from './fixtures.ts';
import { openModel, told } from './session.ts';

const start = openModel();

const after = (...all: readonly (string | Message)[]): Model => told(start, ...all).model;

const request = { verb: 'dump', target: 'shop/worker', kinds: null } as const;
/** Three rows down stands shop/worker, of which four live. */
const asked = ['down', 'down', 'down', 'd'] as const;
const answered: Message = {
  is: 'answered',
  request,
  answer: { ok: true, affected: ['shop/worker'], incidents: ['a.i1', 'a.i2'] },
};

function taken(incident: string, process = 'worker'): Message {
  const parameters = { incident, number: 7, tookMs: 5, folder: '/e/7', same: '', missing: '' };
  return {
    is: 'notice',
    line: noticeLine(
      { id: 'dump.taken', atMs: nowMs, group: 'shop', process, instance: null, by: null, parameters },
      'en',
    ),
  };
}

test('a dump is waited for until each of its incidents has ended', () => {
  expect(after(...asked, answered).pending['shop/worker']?.incidents).toEqual(['a.i1', 'a.i2']);
  expect(after(...asked, answered, taken('a.i2')).pending['shop/worker']?.incidents).toEqual(['a.i1']);
  expect(after(...asked, answered, taken('a.i2'), taken('a.i1')).pending).toEqual({});
});

test('what others had taken settles nothing of mine', () => {
  const model = after(...asked, answered, taken('b.i9'));
  expect(model.pending['shop/worker']?.incidents).toEqual(['a.i1', 'a.i2']);
});

test('news that are faster than the answer are mine when they are of what I asked for', () => {
  const progress = { is: 'progress', incident: 'a.i1', process: 'shop/worker', stage: 'stack' } as const;
  expect(after(...asked, progress).bottomLine).toEqual({ kind: 'progress', text: 'shop/worker: taking stack' });
  expect(after(...asked, { ...progress, process: 'shop/api' }).bottomLine?.kind).toBe('command');
});

test('a large core is given its time, but not for ever', () => {
  const tick = (seconds: number): Message => ({ is: 'tick', nowMs: nowMs + seconds * 1000 });
  expect(after(...asked, answered, tick(60)).pending).toHaveProperty('shop/worker');
  const { pending, bottomLine } = after(...asked, answered, tick(91));
  expect(pending).toEqual({});
  expect(bottomLine?.text).toContain('nothing has come of "dump" yet');
});

test('a refusal takes the mark away and says why', () => {
  const refused: Message = { is: 'answered', request, answer: { ok: false, problem: 'it keeps no evidence' } };
  const { pending, bottomLine } = after(...asked, refused);
  expect(pending).toEqual({});
  expect(bottomLine).toEqual({ kind: 'problem', text: 'it keeps no evidence' });
});
