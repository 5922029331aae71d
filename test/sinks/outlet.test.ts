import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { Outlet } from '../../source/sinks/outlet.ts';

/** A sink that takes, refuses or keeps silent as the test says. */
class TestedSink {
  readonly name = 'the collector';
  readonly taken: string[] = [];
  tries = 0;
  answer: string | null | 'silence' = null;

  write({ text }: NoticeLine, done: (problem: string | null) => void): void {
    this.tries += 1;
    const { answer } = this;
    if (answer === 'silence') return;
    queueMicrotask(() => {
      if (answer === null) this.taken.push(text);
      done(answer);
    });
  }

  close(): void {
    this.taken.push('closed');
  }
}

const line = (text: string): NoticeLine => ({ id: 'process.up', text }) as NoticeLine;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(): { sink: TestedSink; outlet: Outlet; notices: unknown[] } {
  const sink = new TestedSink();
  const notices: unknown[] = [];
  return { sink, notices, outlet: new Outlet(sink, (id, parameters) => notices.push([id, parameters])) };
}

test('everything comes in order, and whoever tells it does not wait', async () => {
  const { sink, outlet, notices } = open();
  for (const text of ['one', 'two', 'three']) outlet.tell(line(text));
  expect(sink.taken).toEqual([]);
  await outlet.close(1_000);
  expect(sink.taken).toEqual(['one', 'two', 'three', 'closed']);
  expect(notices).toEqual([]);
});

test('a sink that refuses is tried again, told once, and told again when it takes notices', async () => {
  const { sink, outlet, notices } = open();
  sink.answer = 'no room';
  outlet.tell(line('one'));
  outlet.tell(line('two'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(notices).toEqual([['sink.failed', { sink: 'the collector', reason: 'no room', waiting: 2 }]]);
  sink.answer = null;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sink.taken).toEqual(['one', 'two']);
  expect(notices.slice(1)).toEqual([['sink.recovered', { sink: 'the collector', lost: 0 }]]);
});

test('a notice that it never takes is lost to it, and the next ones come', async () => {
  const { sink, outlet, notices } = open();
  sink.answer = 'too strange';
  outlet.tell(line('strange'));
  outlet.tell(line('plain'));
  await vi.advanceTimersByTimeAsync(130_000);
  sink.answer = null;
  await vi.advanceTimersByTimeAsync(61_000);
  expect(sink.taken).toEqual(['plain']);
  expect(notices.at(-1)).toEqual(['sink.recovered', { sink: 'the collector', lost: 1 }]);
});

test('a sink that does not answer is told, and no second write begins beside the first', async () => {
  const { sink, outlet, notices } = open();
  sink.answer = 'silence';
  outlet.tell(line('one'));
  outlet.tell(line('two'));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(sink.tries).toBe(1);
  expect(notices).toEqual([['sink.failed', { sink: 'the collector', reason: 'it does not answer', waiting: 2 }]]);
  const closed = outlet.close(1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  await closed;
  expect(sink.taken).toEqual(['closed']);
});

test('what waits is bounded: the oldest are lost, and counted', async () => {
  const { sink, outlet, notices } = open();
  sink.answer = 'no room';
  for (let number = 0; number < 10_500; number++) outlet.tell(line(String(number)));
  await vi.advanceTimersByTimeAsync(10_000);
  sink.answer = null;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sink.taken).toHaveLength(10_000);
  expect(sink.taken.slice(0, 2)).toEqual(['0', '501']);
  expect(notices.at(-1)).toEqual(['sink.recovered', { sink: 'the collector', lost: 500 }]);
});
