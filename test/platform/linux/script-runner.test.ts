import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScriptRequest, ScriptResult } from '../../../source/ports/script-runner.ts';
import { fileWith, instanceAt, openWorkshop, pidsIn, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

const request = (script: string, changes: Partial<ScriptRequest> = {}): ScriptRequest => ({
  launch: null,
  command: ['sh', '-c', script],
  directory: workshop.folder,
  environment: { PATH: '/usr/bin:/bin' },
  user: null,
  group: null,
  umask: null,
  nice: null,
  outputFile: workshop.file('script.log'),
  ...changes,
});
const run = (script: string, changes?: Partial<ScriptRequest>) =>
  reported<ScriptResult>((report) => workshop.platform.ports.scripts.run('key', request(script, changes), report));

test('a script bears the mark by which the next engine finds it', async () => {
  await run('echo $PROCSAVER_LAUNCH', { launch: 'life.7' });
  expect(readFileSync(workshop.file('script.log'), 'utf8')).toBe('life.7\n');
});

test('a script that ends well is ok, and what it said is in its file', async () => {
  expect(await run('echo done')).toEqual({ ok: true });
  expect(readFileSync(workshop.file('script.log'), 'utf8')).toBe('done\n');
});

test.each<[string, RegExp]>([
  ['echo first; echo no space left; exit 3', /ended with exit status 3\. Its last line: no space left.*script\.log/],
  ['kill -KILL $$', /was killed by SIGKILL\. It wrote nothing/],
])('a script that fails (%s) says how', async (script, says) => {
  expect(await run(script)).toEqual({ ok: false, problem: expect.stringMatching(says) });
});

test('a script that cannot be started says why', async () => {
  expect(await run('', { command: ['/no/such/script'] })).toEqual({
    ok: false,
    problem: expect.stringContaining('does not exist'),
  });
  expect(await run('', { user: 'nobody-of-that-name' })).toEqual({
    ok: false,
    problem: expect.stringContaining('not known'),
  });
});

test('a daemon that the script started lives on', async () => {
  expect(await run(`${program('daemonize.py')} daemon.pid`)).toEqual({ ok: true });
  const daemon = instanceAt(Number(await fileWith(workshop.file('daemon.pid'))));
  expect(workshop.platform.ports.table.isAlive(daemon)).toBe(true);
  await reported((report) => workshop.platform.ports.terminator.killTree(daemon, { tree: true, launch: null }, report));
});

test('cancelling kills what is in the session of the script, spares the daemon that left it, and reports nothing', async () => {
  const { scripts, table, terminator } = workshop.platform.ports;
  scripts.run(
    'slow',
    request(`${program('daemonize.py')} daemon.pid; sleep 1000 & echo $! >family; echo $$ >>family; wait`),
    () => expect.unreachable(),
  );
  const daemon = instanceAt(Number(await fileWith(workshop.file('daemon.pid'))));
  const family = (await pidsIn(workshop.file('family'), 2)).map(instanceAt);
  scripts.cancel('slow');
  await expect.poll(() => family.filter((one) => table.isAlive(one)), { timeout: 10_000 }).toEqual([]);
  expect(table.isAlive(daemon)).toBe(true);
  await reported((report) => terminator.killTree(daemon, { tree: true, launch: null }, report));
});

test("a script's output file does not grow without end", async () => {
  const outputFile = workshop.file('script.log');
  writeFileSync(outputFile, Buffer.alloc(1024 * 1024 + 1, 'x'));
  await run('echo new');
  expect(readFileSync(outputFile, 'utf8')).toBe('new\n');
  expect(existsSync(`${outputFile}.1`)).toBe(true);
  expect(statSync(outputFile).mode & 0o777).toBe(0o600);
});
