import { chmodSync, copyFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instance } from '../../../source/ports/instance.ts';
import type { LaunchedQuery, MatchQuery } from '../../../source/ports/process-table.ts';
import { fileWith, instanceAt, openWorkshop, pidsIn, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

const query = (changes: Partial<MatchQuery>): MatchQuery => ({
  executable: null,
  arguments: null,
  user: null,
  pidFile: null,
  ...changes,
});
const findAll = (queries: readonly MatchQuery[]) =>
  reported<readonly (readonly Instance[])[]>((report) => workshop.platform.ports.table.find(queries, report));
const find = async (changes: Partial<MatchQuery>) => ((await findAll([query(changes)]))[0] ?? []).map(({ pid }) => pid);
const findLaunched = (launches: readonly LaunchedQuery[]) =>
  reported<ReadonlyMap<string, Instance>>((report) => workshop.platform.ports.table.findLaunched(launches, report));

/** A program of our own, so that nothing else on the machine is found. */
function ownProgram(name: string): string {
  copyFileSync('/bin/sleep', workshop.file(name));
  chmodSync(workshop.file(name), 0o755);
  return workshop.file(name);
}

test('a process is found by its path, its base name, its arguments and its user, and every condition must hold', async () => {
  const path = ownProgram('shop-worker');
  const { pid } = await workshop.started([path, '1001']);
  expect(await find({ executable: path })).toEqual([pid]);
  expect(await find({ executable: 'shop-worker' })).toEqual([pid]);
  expect(await find({ executable: path, arguments: '^1001$', user: String(process.getuid?.()) })).toEqual([pid]);
  expect(await find({ executable: path, arguments: '^1002$' })).toEqual([]);
  expect(await find({ executable: path, user: 'daemon' })).toEqual([]);
  expect(await find({ executable: path, user: 'nobody-of-that-name' })).toEqual([]);
  expect(await find({ executable: 'shop' })).toEqual([]);
  expect(await find({})).toEqual([]);
});

test('several queries are answered in one pass, oldest instance first', async () => {
  const [one, two] = [ownProgram('first-program'), ownProgram('second-program')];
  const first = await workshop.started([one, '1000']);
  const second = await workshop.started([two, '1000']);
  const third = await workshop.started([one, '1000']);
  const found = await findAll([query({ executable: two }), query({ executable: one })]);
  expect(found.map((instances) => instances.map(({ pid }) => pid))).toEqual([[second.pid], [first.pid, third.pid]]);
  expect(found[0]?.[0]?.startTime).toBe(second.startTime);
});

test('a program whose file was replaced by an upgrade is still found', async () => {
  const path = ownProgram('upgraded');
  const { pid } = await workshop.started([path, '1000']);
  rmSync(path);
  expect(await find({ executable: path })).toEqual([pid]);
  expect(await find({ executable: 'upgraded' })).toEqual([pid]);
});

test("a server's workers, which bear its name and arguments, are left out", async () => {
  const outputFile = workshop.file('server.log');
  const { pid } = await workshop.started([program('prefork.py')], { outputFile });
  await fileWith(outputFile);
  expect(await find({ executable: '/usr/bin/python3', arguments: 'prefork\\.py' })).toEqual([pid]);
});

test('what runs far below its own kind is left out too, whatever stands between', async () => {
  const boss = workshop.file('boss');
  copyFileSync('/bin/dash', boss);
  const inner = 'echo $$ >inner.pid; sleep 1000; :';
  const { pid } = await workshop.started([boss, '-c', `timeout 1000 ${boss} -c '${inner}'; :`]);
  await pidsIn(workshop.file('inner.pid'), 1);
  expect(await find({ executable: boss })).toEqual([pid]);
});

test('a process that becomes another program by exec is found under its new name, although it was seen before', async () => {
  const path = ownProgram('became');
  const { pid } = await workshop.started(['sh', '-c', `sleep 1000 & echo $! >early.pid; wait; exec ${path} 1000`]);
  const [sleeper = 0] = await pidsIn(workshop.file('early.pid'), 1);
  expect(await find({ executable: 'became' })).toEqual([]);
  process.kill(sleeper, 'SIGTERM');
  await expect.poll(() => find({ executable: 'became' }), { timeout: 10_000 }).toEqual([pid]);
});

test('a pid file names the process; a stale one names nobody', async () => {
  const path = ownProgram('daemon');
  const { pid } = await workshop.started([path, '1000']);
  const pidFile = workshop.file('daemon.pid');
  writeFileSync(pidFile, `${pid}\nmore\n`);
  expect(await find({ pidFile })).toEqual([pid]);
  expect(await find({ pidFile, executable: 'something-else' })).toEqual([]);
  const longAgo = Date.now() / 1000 - 3600;
  utimesSync(pidFile, longAgo, longAgo);
  expect(await find({ pidFile })).toEqual([]);
  writeFileSync(pidFile, 'nonsense');
  expect(await find({ pidFile })).toEqual([]);
  expect(await find({ pidFile: '/no/such/file' })).toEqual([]);
});

test('the engine itself is never found', async () => {
  expect(await find({ executable: process.execPath })).not.toContain(process.pid);
});

test('a pattern that is none matches nothing', async () => {
  expect(await find({ arguments: '(' })).toEqual([]);
});

test('a launched child is found by its mark, and its own children, which inherit the mark, are not', async () => {
  const outputFile = workshop.file('launched.log');
  const child = await workshop.started(['sh', '-c', 'sleep 1000 & echo ready; wait'], { launch: 'mark-1', outputFile });
  await fileWith(outputFile);
  const found = await findLaunched([
    { launch: 'mark-1', outputFile },
    { launch: 'mark-2', outputFile: workshop.file('other.log') },
  ]);
  expect([...found]).toEqual([['mark-1', expect.objectContaining({ pid: child.pid, startTime: child.startTime })]]);
});

test('a launched child that overwrote its environment is found by its output file', async () => {
  const outputFile = workshop.file('titled.log');
  const child = await workshop.started(['env', '-i', '/bin/sleep', '1000'], { launch: 'mark-3', outputFile });
  await expect
    .poll(async () => (await findLaunched([{ launch: 'mark-3', outputFile }])).get('mark-3')?.pid, { timeout: 10_000 })
    .toBe(child.pid);
  expect((await findLaunched([{ launch: 'mark-3', outputFile: workshop.file('another.log') }])).size).toBe(0);
});

test('a child of another start that writes into the same file is not taken for it', async () => {
  const outputFile = workshop.file('shared.log');
  const { pid } = await workshop.started(['sleep', '1000'], { launch: 'earlier', outputFile });
  // The kernel wakes us a moment before the new program's environment can be read.
  await expect.poll(() => readFileSync(`/proc/${pid}/environ`, 'utf8'), { timeout: 10_000 }).toContain('earlier');
  expect((await findLaunched([{ launch: 'later', outputFile }])).size).toBe(0);
});

test('an instance is alive until it ends, and another start time is another instance', async () => {
  const { table } = workshop.platform.ports;
  const child = await workshop.started(['sleep', '1000']);
  expect(table.isAlive(child)).toBe(true);
  expect(table.isAlive({ ...child, startTime: child.startTime + 1 })).toBe(false);
  expect(table.isAlive(instanceAt(process.pid))).toBe(true);
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGKILL');
  await exit;
  expect(table.isAlive(child)).toBe(false);
});
