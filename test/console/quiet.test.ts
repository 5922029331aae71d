import { expect, test } from 'vitest';
import { startLoop } from '../../source/console/shell/loop.ts';
import { group, hour, nowMs, process_, status } from './fixtures.ts';
import { openModel } from './session.ts';

/** How often a list of this process is drawn in so many seconds. */
function drawnIn(seconds: number, process: ReturnType<typeof process_>, keys: readonly string[] = []): number {
  const loop = startLoop(openModel({ status: { ...status, groups: [group('shop', [process])] } }), () => {});
  for (const key of keys) loop.dispatch({ is: 'key', key });
  loop.dispatch({ is: 'tick', nowMs });
  let drawn = 0;
  loop.subscribe(() => {
    drawn++;
  });
  for (let second = 1; second <= seconds; second++) loop.dispatch({ is: 'tick', nowMs: nowMs + second * 1000 });
  loop.close();
  return drawn;
}

const old = process_('api', 'running', { pids: [4431], upFor: hour });

test('a list on which nothing counts seconds is drawn with the minutes alone', () => {
  expect(drawnIn(150, old)).toBe(2);
});

test.each([
  ['is up for less than a minute', process_('api', 'running', { pids: [4431], upFor: 30 }), 30],
  ['is due', process_('api', 'backoff', { nextIn: 8 }), 30],
])('where one %s each second is drawn', (_, process, seconds) => {
  expect(drawnIn(seconds, process)).toBe(seconds);
});

test('a dialog, and any other screen, is drawn each second', () => {
  expect(drawnIn(30, old, ['p'])).toBe(30);
  expect(drawnIn(30, old, ['down', 'enter'])).toBe(30);
});
