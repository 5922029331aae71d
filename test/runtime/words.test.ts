import { beforeEach, expect, test } from 'vitest';
import type { Message } from '../../source/ports/messages.ts';
import { Words } from '../../source/runtime/words.ts';
import { FakePorts, wallAtBoot } from './fake-ports.ts';

const instance = { pid: 41, startTime: 7, startedAtMs: wallAtBoot };
const other = { pid: 42, startTime: 8, startedAtMs: wallAtBoot };

let ports: FakePorts;
let words: Words;
let said: { readonly atMs: number; readonly pid: number; readonly message: Message }[];
let beats: number;

beforeEach(() => {
  ports = new FakePorts();
  said = [];
  beats = 0;
  words = new Words(ports, {
    beat: () => {
      beats += 1;
    },
    said: (_slot, { pid }, message) => said.push({ atMs: ports.monoMs, pid, message }),
  });
});

const hear = (message: Message, from = instance) => words.hear('shop/api#1', from, message);
const messages = () => said.map(({ message }) => message);

test('a sign of life is a beat and no word; a status that comes with it is one', () => {
  hear({ watchdog: 'alive' });
  hear({ watchdog: 'alive', status: 'well' });
  expect(beats).toBe(2);
  expect(messages()).toEqual([{ status: 'well' }]);
  hear({ watchdog: 'trigger' });
  expect(messages()[1]).toEqual({ watchdog: 'trigger' });
});

test('of a thousand statuses a second ten are taken, the first at once and the last for sure', () => {
  for (let count = 1; count <= 1_000; count += 1) {
    ports.passTo(count);
    hear({ status: `order ${count}` });
  }
  ports.passTo(2_000);
  expect(said.map(({ atMs }) => atMs)).toEqual([1, 101, 201, 301, 401, 501, 601, 701, 801, 901, 1_001]);
  expect(messages()[0]).toEqual({ status: 'order 1' });
  expect(messages().at(-1)).toEqual({ status: 'order 1000' });
  expect(ports.set.size).toBe(0);
});

test('who says little is heard at once each time', () => {
  hear({ status: 'one' });
  ports.passTo(100);
  hear({ status: 'two' });
  expect(said.map(({ atMs }) => atMs)).toEqual([0, 100]);
  expect(ports.set.size).toBe(0);
});

test('another word is never held back, and what was said before it comes with it', () => {
  for (const status of ['one', 'two', 'three']) hear({ status });
  hear({ reloading: true });
  hear({ ready: true, status: 'four' });
  hear({ status: 'five' });
  hear({ stopping: true });
  expect(messages()).toEqual([
    { status: 'one' },
    { status: 'three', reloading: true },
    { ready: true, status: 'four' },
    { status: 'five', stopping: true },
  ]);
  ports.passTo(1_000);
  expect(said).toHaveLength(4);
});

test('one that speaks all the time holds nobody else up', () => {
  for (const status of ['one', 'two']) hear({ status });
  hear({ status: 'well' }, other);
  expect(said.map(({ pid }) => pid)).toEqual([41, 42]);
});

test('what it said last is taken before its end, and nothing is left behind', () => {
  for (const status of ['one', 'two']) hear({ status });
  words.end(instance);
  expect(messages()).toEqual([{ status: 'one' }, { status: 'two' }]);
  expect(ports.set.size).toBe(0);
});
