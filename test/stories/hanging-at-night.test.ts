import { expect, test } from 'vitest';
import { stalledStatus } from '../console/stalled.ts';
import { sitDown } from './operator.ts';

test('one process hangs at night: S, and its threads say where; evidence first, then a restart', async () => {
  const me = await sitDown({ size: [120, 40] });
  me.engine.replace(stalledStatus());
  await me.sees('▲ 1');
  // Two keystrokes: is it hanging, and where?
  await me.press(['S'], '9 threads');
  expect(me.line('shop/api       output')).toMatch(
    /┃ ▲ shop\/api +output +5:04 of 5:00 +█{19} +0:12 taken off: a debugger/,
  );
  expect(me.line('D uninterruptible')).toMatch(
    /libuv-worker .* +\/mnt\/share\/report\.csv +write\(\) +nfs_wait_bit_killable/,
  );
  await me.sees(/last output .* writing \/mnt\/share\/report\.csv/);
  expect(me.engine.calls.filter(({ method }) => method === 'threads')[0]?.parameters).toEqual({ target: 'shop/api' });
  await me.press(['d'], '$ procsaver dump shop/api');
  // The worker depends on it, so that it asks first.
  await me.press(['r'], 'Restart shop/api');
  await me.press(['y'], '$ procsaver restart shop/api');
  expect(me.engine.calls.filter(({ method }) => method === 'act').map(({ parameters }) => parameters)).toEqual([
    { verb: 'dump', target: 'shop/api', kinds: null },
    { verb: 'restart', target: 'shop/api' },
  ]);
  // The next one on the way to its limit, and why its probe fails.
  await me.press(['Down', 'Down', 'Down'], /┃ +shop\/database +probe/);
  expect(me.line('probe ')).toMatch(/1 of 3 failed .* HTTP CRITICAL: 503 in 12 ms/);
  await me.press(['Esc'], 'GROUP / PROCESS');
});

test('on a narrow terminal the file that it waits for is still told', async () => {
  const me = await sitDown({ size: [80, 24] });
  me.engine.replace(stalledStatus());
  await me.sees('▲ 1');
  await me.press(['S'], '9 threads');
  expect(me.line(' D ')).toContain('/mnt/share/report.csv');
});
