// Silence that is not the process's own fault is no stall, and the notices say whose it was.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lack, missing } from '../platform/linux/measured.ts';
import { cgroupOfTest } from './cgroup-of-test.ts';
import { compiled } from './incidents.ts';
import { placeOfTest } from './place-of-test.ts';
import { type TestedEngine, watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const limitMs = 1_000;
/** A worker gives a sign of life every 50 ms when it is let. */
const olderMs = 500;
const worker = 'shop/worker';

const processors = '/sys/fs/cgroup/cpu';
const freezers = [
  { version: 1, hierarchy: '/sys/fs/cgroup/freezer', file: 'freezer.state', frozen: 'FROZEN', thawed: 'THAWED' },
  { version: 2, hierarchy: '/sys/fs/cgroup/unified', file: 'cgroup.freeze', frozen: '1', thawed: '0' },
];

const profile = (place: Workplace, way: string, names: readonly string[]) => `groups:
  shop:
    defaults:
      ready: { notify: true }
      stop: { grace: 1s }
      restart: { backoff: { initial: 0s } }
      stall: { heartbeat: 1s }
    processes:
${names.map((name) => `      ${name}: { command: [${compiled(place, 'hangs.c')}, ${way}] }`).join('\n')}
`;

async function watchWorkers(place: Workplace, way: string, ...names: readonly string[]) {
  const engine: TestedEngine = await watch(place, profile(place, way, names));
  const pids = await place.running(names.map((name) => `shop/${name}`));
  return { engine, pids };
}

/** It lives on as it was, and nobody ever called it stalled. */
async function expectUntouched(place: Workplace, pid: number): Promise<void> {
  const told = place.notices(worker).map(({ id }) => id);
  expect(told).not.toContain('process.stalled');
  expect(told).not.toContain('process.down');
  expect(await place.process(worker)).toMatchObject({
    state: 'running',
    stalled: null,
    restarts: { count: 0 },
    instances: [{ pid }],
  });
}

/** That it is watched all the same: stopped, it is called. */
async function expectWatched(place: Workplace, pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  expect(await place.noticed('process.stalled', { name: worker })).toMatchObject({ instance: { pid } });
}

test.skipIf(missing('a throttled cgroup', lack.cgroup(processors)))(
  'a process whose cgroup gets 1 % of a core, and whose heartbeat comes too late for that, is not stalled',
  async () => {
    const place = placeOfTest();
    const { pids } = await watchWorkers(place, 'labour', 'worker');
    const [pid = 0] = pids;
    // The 30 ms of one piece of work take three seconds now.
    const quota = { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '1000' };
    const cgroup = cgroupOfTest(place, processors, pid, quota, { 'cpu.cfs_quota_us': '-1' });
    const excused = await place.noticed('process.stall-excused', { name: worker, times: 2, withinMs: 30_000 });
    expect(excused).toMatchObject({ severity: 'info', parameters: { rule: 'heartbeat' }, instance: { pid } });
    expect(excused.reason).toMatch(/^no heartbeat for \d+ s, of which \d+ m?s its cgroup was throttled$/);
    await cgroup.leave();
    await expectUntouched(place, pid);
    await expectWatched(place, pid);
  },
);

test.skipIf(missing('a debugger', lack.program('gdb')))('a process that gdb holds is not stalled', async () => {
  const place = placeOfTest();
  const { pids } = await watchWorkers(place, 'none', 'worker');
  const [pid = 0] = pids;
  // Its input stays open, so that it waits for what is typed next.
  const gdb: ChildProcess = spawn('gdb', ['-nx', '-iex', 'set debuginfod enabled off', '-p', `${pid}`], {
    env: place.environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const tracer = () => /^TracerPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  await until('gdb to hold it', () => tracer() === `${gdb.pid}`);
  const excused = await place.noticed('process.stall-excused', { name: worker });
  expect(excused.reason).toMatch(new RegExp(`of which \\d+ m?s .*debugger.*gdb.*${gdb.pid}`));
  await until('one more limit', () => Date.now() > Date.parse(excused.at) + limitMs);
  const gone = new Promise((resolve) => gdb.once('exit', resolve));
  gdb.stdin?.end('detach\nquit\n');
  await gone;
  await expectUntouched(place, pid);
});

for (const { version, hierarchy, file, frozen, thawed } of freezers) {
  test.skipIf(missing(`the freezer of cgroup version ${version}`, lack.cgroup(hierarchy)))(
    `a process in a frozen cgroup (version ${version}) is not stalled`,
    async () => {
      const place = placeOfTest();
      const { pids } = await watchWorkers(place, 'none', 'worker');
      const [pid = 0] = pids;
      const cgroup = cgroupOfTest(place, hierarchy, pid, { [file]: frozen }, { [file]: thawed });
      const excused = await place.noticed('process.stall-excused', { name: worker });
      expect(excused.reason).toContain('its cgroup is frozen');
      await until('one more limit', () => Date.now() > Date.parse(excused.at) + limitMs);
      await cgroup.leave();
      await expectUntouched(place, pid);
    },
  );
}

test('a paused process may hang as long as it likes, and has its whole limit again when it is resumed', async () => {
  const place = placeOfTest();
  const { pids } = await watchWorkers(place, 'none', 'worker', 'other');
  const [pid = 0, other = 0] = pids;
  await place.done('pause', worker, '--why', 'a look inside');
  process.kill(pid, 'SIGSTOP');
  process.kill(other, 'SIGSTOP');
  expect((await place.process(worker)).stall).toEqual([]);
  // The clock of the one that is not paused runs out meanwhile.
  await place.noticed('process.stalled', { name: 'shop/other' });
  await until('one more limit', () => Date.now() > Date.parse(place.notices().at(-1)?.at ?? '') + limitMs / 2);
  await expectUntouched(place, pid);
  expect((await place.process(worker)).paused).toMatchObject({ why: 'a look inside' });

  await place.done('resume', worker);
  const resumed = await place.noticed('operator.resumed');
  const stalled = await place.noticed('process.stalled', { name: worker });
  expect(Date.parse(stalled.at) - Date.parse(resumed.at)).toBeGreaterThanOrEqual(limitMs - 10);
});

test('an engine that was stopped for longer than the limit and goes on calls nobody stalled who worked meanwhile', async () => {
  const place = placeOfTest();
  const { engine, pids } = await watchWorkers(place, 'none', 'worker', 'other');
  const [pid = 0, other = 0] = pids;
  process.kill(engine.pid, 'SIGSTOP');
  process.kill(other, 'SIGSTOP');
  const stoppedAt = Date.now();
  await until('four limits', () => Date.now() > stoppedAt + 4 * limitMs);
  const continuedAt = Date.now();
  process.kill(engine.pid, 'SIGCONT');

  // One that has not worked is given its whole limit again, and then it is called.
  const stalled = await place.noticed('process.stalled', { name: 'shop/other' });
  expect(Date.parse(stalled.at) - continuedAt).toBeGreaterThan(limitMs - olderMs);
  const excused = await place.noticed('process.stall-excused', { name: 'shop/other' });
  expect(excused.reason).toMatch(/of which \d+ m?s the engine itself stood still/);
  await expectUntouched(place, pid);
});
