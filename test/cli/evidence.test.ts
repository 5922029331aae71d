import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list } from 'tar';
import { expect, test } from 'vitest';
import type { IncidentFile, IndexLine } from '../../source/platform/evidence/incident.ts';
import { temporaryDirectory } from '../control/fake-engine.ts';
import { typed } from './run-command.ts';

const twelve = '20261117T030000.000Z-shop-api-down-SIGSEGV';
const thirteen = '20261122T035611.456Z-shop-api-stall-output';

const incident: IncidentFile = {
  number: 13,
  incident: '6a1f3c0b9d42.i7',
  process: 'shop/api',
  slot: 1,
  reason: { kind: 'stall', rule: 'output' },
  text: 'nothing was written to its output for 5 min',
  at: '2026-11-22T03:56:11.456Z',
  lives: true,
  instance: { pid: 4431, startTime: 99, startedAt: '2026-11-22T01:42:00.000Z' },
  uptimeMs: 8_051_456,
  command: ['node', 'server.js'],
  executable: '/usr/bin/node',
  directory: '/srv/shop',
  user: 'shop',
  environment: { API_KEY: '***' },
  facts: {},
  fingerprint: '8c1f0b2a',
  same: { number: 12, times: 9, sinceMs: Date.parse('2026-11-17T03:00:00.000Z') },
  costs: { outageMs: 120, tookMs: 120, parts: { samples: 2, stack: 110.4, files: 0.2 } },
  missing: ['no core: it was not asked for'],
};

const indexed = (own: Partial<IndexLine>): string =>
  `${JSON.stringify({ first: 12, sinceMs: Date.parse('2026-11-17T03:00:00.000Z'), times: 1, fingerprint: '8c1f0b2a', process: 'shop/api', ...own })}\n`;

/** The home of an instance with three incidents, of which the first one's folder was removed since. */
function evidence(): string {
  const home = temporaryDirectory();
  const directory = join(home, 'default/evidence');
  mkdirSync(join(directory, thirteen), { recursive: true, mode: 0o700 });
  const smtp = '20261122T035900.000Z-mail-smtp-asked';
  mkdirSync(join(directory, smtp), { mode: 0o700 });
  writeFileSync(
    join(directory, 'index.jsonl'),
    indexed({ number: 12, at: '2026-11-17T03:00:00.000Z', reason: 'down', text: 'killed by SIGSEGV', folder: twelve }) +
      indexed({ number: 13, at: incident.at, reason: 'stall', text: incident.text, folder: thirteen, times: 9 }) +
      indexed({
        number: 14,
        at: '2026-11-22T03:59:00.000Z',
        reason: 'asked',
        text: 'asked for by ops1',
        folder: smtp,
        process: 'mail/smtp',
        fingerprint: 'ff',
        first: 14,
      }),
  );
  for (const [name, text] of Object.entries({
    'incident.json': JSON.stringify(incident),
    'stack.txt': 'thread 4431\n  futex_wait\n',
    'output.txt': 'GET /cart\u001b[2J 200\n',
    core: '\u007fELF\u0000\u0001',
  }))
    writeFileSync(join(directory, thirteen, name), text, { mode: 0o600 });
  return home;
}

test('the list tells what happened, the latest first, and of what kind it is', async () => {
  const { status, stdout, stderr } = await typed('evidence list', { home: evidence() });
  expect(stdout.split('\n')).toEqual([
    ' #  WHEN                 PROCESS    SAME AS  WHAT',
    '14  2026-11-22 12:59:00  mail/smtp           asked for by ops1',
    '13  2026-11-22 12:56:11  shop/api   #12 x9   nothing was written to its output for 5 min',
    '12  2026-11-17 12:00:00  shop/api            killed by SIGSEGV (removed since)',
    '',
  ]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('a target leaves its own', async () => {
  const home = evidence();
  expect((await typed('evidence list mail', { home })).stdout).not.toContain('shop/api');
  const none = await typed('evidence list bank', { home });
  expect(none.stdout).toBe('');
  expect(none.stderr).toContain(`there is no evidence of bank in ${home}/default/evidence`);
});

test('of several instances each has its name, and its incidents can be asked for', async () => {
  const home = evidence();
  const entry = { at: incident.at, reason: 'stall', text: incident.text, folder: 'gone' };
  const index = join(home, 'default/evidence/index.jsonl');
  appendFileSync(index, indexed({ ...entry, number: 15, process: 'shop/worker' }));
  appendFileSync(index, indexed({ ...entry, number: 16, process: 'shop/worker', slot: 2 }));
  const numbers = async (target: string) => {
    const { stdout } = await typed(`evidence list ${target} --json`, { home });
    return (JSON.parse(stdout) as { number: number }[]).map(({ number }) => number);
  };
  expect((await typed('evidence list shop/worker#2', { home })).stdout).toContain('shop/worker#2');
  expect(await numbers('shop/worker#2')).toEqual([16]);
  expect(await numbers('shop/worker#1')).toEqual([15]);
  expect(await numbers('shop/worker')).toEqual([16, 15]);
});

test('where nothing has failed yet, that is said', async () => {
  const { status, stderr } = await typed('evidence list', { home: temporaryDirectory() });
  expect(stderr).toContain('nothing failed, nothing was to be kept, or it could not be taken');
  expect(status).toBe(0);
});

test('for programs the list is one line of JSON', async () => {
  const home = evidence();
  const { stdout } = await typed('evidence list shop/api --json', { home });
  expect(JSON.parse(stdout)).toEqual([
    {
      number: 13,
      at: incident.at,
      process: 'shop/api',
      slot: 1,
      reason: 'stall',
      text: incident.text,
      fingerprint: '8c1f0b2a',
      same: { number: 12, times: 9, since: '2026-11-17T03:00:00.000Z' },
      folder: join(home, 'default/evidence', thirteen),
    },
    {
      number: 12,
      at: '2026-11-17T03:00:00.000Z',
      process: 'shop/api',
      slot: 1,
      reason: 'down',
      text: 'killed by SIGSEGV',
      fingerprint: '8c1f0b2a',
      same: null,
      folder: null,
    },
  ]);
});

test('one incident is told in words: what, when, how often, at what cost, and what there is to read', async () => {
  const home = evidence();
  const { stdout } = await typed('evidence show 13', { home });
  expect(stdout.split('\n')).toEqual([
    '#13  shop/api  2026-11-22 12:56:11',
    'nothing was written to its output for 5 min',
    '',
    'like       the same as #12, 9 times since Tuesday 12:00 (8c1f0b2a)',
    'process    pid 4431, up 2h 14m, as shop, in /srv/shop',
    'command    node server.js',
    'cost       120 ms (stack 110 ms, samples 2 ms); the restart waited 120 ms for it',
    'not taken  no core: it was not asked for',
    `folder     ${home}/default/evidence/${thirteen}`,
    'files      core              6B',
    `           incident.json  ${String(JSON.stringify(incident).length).padStart(4)}B`,
    '           output.txt       18B',
    '           stack.txt        25B',
    '',
  ]);
  expect(await typed(`evidence show ${thirteen}`, { home })).toEqual(await typed('evidence show 13', { home }));
  expect((await typed('evidence show 13 --lang ja', { home })).stdout).toContain('#12 と同じ、火曜日 12:00 から 9 回');
  const { stdout: json } = await typed('evidence show 13 --json', { home });
  expect(JSON.parse(json)).toMatchObject({
    number: 13,
    environment: { API_KEY: '***' },
    files: [{ name: 'core' }, {}, {}, {}],
  });
});

test('a file of it is printed as it is, but on a terminal without what would move the cursor', async () => {
  const home = evidence();
  expect((await typed('evidence show 13 stack.txt', { home })).stdout).toBe('thread 4431\n  futex_wait\n');
  expect((await typed('evidence show 13 output.txt', { home })).stdout).toBe('GET /cart\u001b[2J 200\n');
  expect((await typed('evidence show 13 output.txt', { home, columns: 80 })).stdout).toBe('GET /cart  200\n');
});

test.each([
  ['evidence show 13 core', 'core is no text (6B); open it where it lies', 1],
  ['evidence show 13 ../index.jsonl', '#13 has no file "../index.jsonl"; it has core, incident.json', 1],
  ['evidence show 99', 'There is no incident 99. The newest is #14', 1],
  ['evidence show 12', 'was removed to keep within `keep`', 1],
  ['evidence', 'evidence needs list|show|export', 2],
  ['evidence delete 13', 'evidence delete: expected list, show or export', 2],
  ['evidence show', 'evidence show needs NUMBER', 2],
  ['evidence export 13 14', 'evidence export takes no further argument: "14"', 2],
  ['evidence list --to x', '--to does not belong to evidence list, but to evidence export', 2],
])('%s: %s', async (words, told, expected) => {
  const { status, stdout, stderr } = await typed(words, { home: evidence() });
  expect(stderr).toContain(told);
  expect(stdout).toBe('');
  expect(status).toBe(expected);
});

test('export packs all of it into one archive here, or where it is wanted, and never overwrites', async () => {
  const home = evidence();
  const here = temporaryDirectory();
  const first = await typed('evidence export 13', { home, directory: here });
  const file = join(here, `${thirteen}.tar.gz`);
  expect(first.stdout).toBe(`${file}\n`);
  expect(first.stderr).toContain('#13, all of its files');
  expect(first.stderr).toContain('core holds the memory of the process as it was, secrets included');
  expect(first.status).toBe(0);
  const entries: string[] = [];
  await list({ file, onReadEntry: ({ path }) => void entries.push(path) });
  expect(entries.sort()).toEqual(
    ['core', 'incident.json', 'output.txt', 'stack.txt'].map((name) => `${thirteen}/${name}`),
  );
  const again = await typed('evidence export 13', { home, directory: here });
  expect(again.stderr).toContain('it exists already');
  expect(again.status).toBe(1);
  const named = await typed('evidence export 13 --to mine.tar.gz --json', { home, directory: here });
  expect(JSON.parse(named.stdout)).toEqual({
    file: join(here, 'mine.tar.gz'),
    number: 13,
    bytes: readFileSync(join(here, 'mine.tar.gz')).length,
  });
});

test('evidence of another user is not permitted, and that says what to do', async () => {
  const home = evidence();
  // All of its files are loaded by now; nobody else may be able to read those either.
  await typed('evidence list', { home });
  const { status, stderr } = await asSomebodyElse(join(home, 'default/evidence'), () =>
    typed('evidence list', { home }),
  );
  expect(stderr).toContain('run this as the user who started the engine, or as root');
  expect(status).toBe(6);
});

/** Root may read everything, so that it becomes nobody for a moment; whoever is not root takes his own rights away. */
async function asSomebodyElse<T>(directory: string, act: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  else chmodSync(directory, 0);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    else chmodSync(directory, 0o700);
  }
}
