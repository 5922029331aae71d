import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Methods } from '../../source/control/protocol.ts';
import { emptyStatus, fakeEngine, temporaryDirectory } from '../control/fake-engine.ts';
import { homeOf, noticeLine, now, typed } from './run-command.ts';

const down = noticeLine();
const paused = noticeLine({
  id: 'operator.paused',
  at: '2026-11-22T04:05:00.000Z',
  severity: 'warning',
  process: null,
  instance: null,
  reason: null,
  by: 'ops1',
  text: 'shop paused by ops1 until 14:30: patching',
  parameters: { target: 'shop', until: '14:30', why: 'patching' },
});

test('events are lines with the local time, oldest first', async () => {
  const engine = await fakeEngine({ events: () => [down, paused] });
  expect(await typed('events', { home: homeOf(engine) })).toEqual({
    status: 0,
    stderr: '',
    stdout: `2026-11-22 13:02:11  error     shop/api went down: killed by SIGKILL
2026-11-22 13:05:00  warning   shop paused by ops1 until 14:30: patching
`,
  });
});

test('in the reader’s language, whatever the engine’s is', async () => {
  const engine = await fakeEngine({ events: () => [down] });
  expect((await typed('events --lang ja', { home: homeOf(engine) })).stdout).toBe(
    '2026-11-22 13:02:11  エラー    shop/api が停止しました: SIGKILL で終了\n',
  );
});

test('a notice that this program does not know yet is shown in the engine’s words', async () => {
  const engine = await fakeEngine({
    events: () => [noticeLine({ id: 'process.frobnicated' as never, text: 'shop/api was frobnicated' })],
  });
  expect((await typed('events', { home: homeOf(engine) })).stdout).toContain('shop/api was frobnicated');
});

test.each([
  ['events --since 1h', { sinceMs: now - 3_600_000, limit: null }],
  ['events --lines 20', { sinceMs: null, limit: 20 }],
  ['events', { sinceMs: null, limit: null }],
])('%s asks for that much', async (line, expected) => {
  const asked: Methods['events']['parameters'][] = [];
  const engine = await fakeEngine({
    events: (parameters) => {
      asked.push(parameters);
      return [];
    },
  });
  await typed(line, { home: homeOf(engine) });
  expect(asked).toEqual([expected]);
});

test('events --json is one object a line', async () => {
  const engine = await fakeEngine({ events: () => [down, paused] });
  const { stdout } = await typed('events --json', { home: homeOf(engine) });
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([down, paused]);
});

test('events --follow: the past, then what comes, nothing twice and nothing lost', async () => {
  const meanwhile = noticeLine({ at: '2026-11-22T04:06:00.000Z', text: 'b' });
  const later = noticeLine({ at: '2026-11-22T04:07:00.000Z', text: 'c' });
  const engine = await fakeEngine({
    subscribe: (_, caller) => {
      caller.subscribe();
      return { status: emptyStatus, notices: [] };
    },
    // Both happen while the journal is read: one is in the answer already, the other is not.
    events: async () => {
      engine.notify('notice', paused);
      engine.notify('notice', meanwhile);
      await new Promise((done) => setTimeout(done, 20));
      return [down, paused];
    },
  });
  let isDone = false;
  const told = await typed('events --follow --json', {
    home: homeOf(engine),
    watch: (stdout) => {
      const lines = stdout.trimEnd().split('\n').length;
      if (lines === 3 && !isDone) {
        isDone = true;
        setTimeout(() => engine.notify('notice', later), 10);
      }
      if (lines === 4) void engine.close();
    },
  });
  expect(
    told.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([down, paused, meanwhile, later]);
  expect(told).toMatchObject({ status: 5, stderr: 'procsaver: the engine has ended\n' });
});

test('without an engine the journal files are read, rotated ones first, unfinished lines skipped', async () => {
  const home = temporaryDirectory();
  const state = join(home, 'default');
  mkdirSync(state);
  const line = (text: string, at = down.at): string => `${JSON.stringify(noticeLine({ at, text }))}\n`;
  writeFileSync(join(state, 'journal.jsonl.2'), line('1', '2026-11-20T00:00:00.000Z'));
  writeFileSync(join(state, 'journal.jsonl.1'), `${line('2')}{"id": "process.do\n5\nnull\n`);
  writeFileSync(join(state, 'journal.jsonl'), `${line('3')}${line('4').slice(0, 40)}`);
  const told = await typed('events --json', { home });
  expect(
    told.stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text).text),
  ).toEqual(['1', '2', '3']);
  expect(told).toMatchObject({
    status: 0,
    stderr: `procsaver: no engine is running; this is from the journal ${state}/journal.jsonl\n`,
  });
  expect((await typed('events --since 2h --json --lines 1', { home })).stdout).toContain('"text":"3"');
  expect((await typed('events --follow', { home })).status).toBe(5);
});
