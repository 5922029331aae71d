// What follows from a stall or a broken rule, and what is seen of it from outside; heartbeats from scripts and files.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { compiled, incidentsOf, incidentTaken } from './incidents.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const limitMs = 1_000;

const idsOf = (place: Workplace, name: string) => place.notices(name).map(({ id }) => id);
const count = (place: Workplace, name: string, wanted: string) =>
  idsOf(place, name).filter((id) => id === wanted).length;

test('with `alert` a stall is said, with `dump` it is looked into as well; both live on, and its end is said with its length', async () => {
  const place = placeOfTest();
  const program = compiled(place, 'hangs.c');
  await watch(
    place,
    `groups:
  shop:
    defaults:
      ready: { notify: true }
      stall: { heartbeat: 1s }
    processes:
      alerted: { command: [${program}, none], onStall: alert }
      dumped: { command: [${program}, none], onStall: dump }
`,
  );
  const names = ['shop/alerted', 'shop/dumped'];
  const pids = await place.running(names);
  expect((await place.command('status')).status).toBe(0);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  const [alerted, dumped] = await Promise.all(names.map((name) => place.noticed('process.stalled', { name })));
  const incident = await incidentTaken(place, 'shop/dumped');
  expect(incident.file).toMatchObject({ reason: { kind: 'stall', rule: 'heartbeat' }, lives: true, costs: {} });
  expect(incident.text('stack.txt')).toMatch(/T \(stopped\)/);

  for (const [name, notice] of [
    ['shop/alerted', alerted],
    ['shop/dumped', dumped],
  ] as const) {
    const { stalled, state, stall } = await place.process(name);
    expect(state).toBe('running');
    expect(stalled).toMatchObject({ rule: 'heartbeat' });
    expect(Math.abs(Date.parse(stalled?.since ?? '') - Date.parse(notice?.at ?? ''))).toBeLessThan(100);
    expect(stall).toMatchObject([{ rule: 'heartbeat', limitMs }]);
    expect(stall[0]?.elapsedMs).toBeGreaterThanOrEqual(limitMs);
  }
  expect((await place.status()).groups[0]?.state).toBe('degraded');
  expect((await place.command('status')).status).toBe(3);

  for (const pid of pids) process.kill(pid, 'SIGCONT');
  for (const [index, name] of names.entries()) {
    const began = Date.parse([alerted, dumped][index]?.at ?? '');
    const ended = await place.noticed('process.stall-ended', { name });
    expect(ended).toMatchObject({ severity: 'info', parameters: { rule: 'heartbeat' } });
    expect(Math.abs(Number(ended.parameters['tookMs']) - (Date.parse(ended.at) - began))).toBeLessThan(100);
    const { stalled, restarts } = await place.process(name);
    expect({ stalled, count: restarts.count }).toEqual({ stalled: null, count: 0 });
    expect(count(place, name, 'process.stalled')).toBe(1);
  }
  expect(await place.running(names)).toEqual(pids);
  expect(idsOf(place, 'shop/alerted')).not.toContain('dump.taken');
  expect(await incidentsOf(place)).toHaveLength(1);
  expect((await place.status()).groups[0]?.state).toBe('up');
});

test('bounds of memory, threads, descriptors and CPU: broken for as long as they say, each has its consequence', async () => {
  const place = placeOfTest();
  const entry = (metric: string, above: string, then: string) => `      ${metric}:
        command: [/usr/bin/python3, ${join(project, 'test/fixtures/programs/uses.py')}, ${place.path(metric)}]
        restart: { backoff: { initial: 0s } }
        rules: [{ metric: ${metric}, above: ${above}, for: 1s, then: ${then} }]
`;
  await watch(
    place,
    `groups:\n  shop:\n    processes:\n${entry('memory', '150M', 'alert')}${entry('threads', '10', 'dump')}${entry('descriptors', '50', 'restart')}${entry('cpu', '30%', 'alert')}`,
  );
  const metrics = ['memory', 'threads', 'descriptors', 'cpu'];
  const names = metrics.map((metric) => `shop/${metric}`);
  const pids = await place.running(names);
  for (const metric of metrics) place.write(metric, metric);

  const texts: Readonly<Record<string, RegExp>> = {
    memory: /^memory above 150M for \d s \(2\d\dM\)$/,
    threads: /^threads above 10 for \d s \(21\)$/,
    descriptors: /^descriptors above 50 for \d s \(10\d\)$/,
    cpu: /^cpu above 30 % for \d s \(\d+(\.\d)? ?%\)$/,
  };
  for (const metric of metrics) {
    const broken = await place.noticed('process.rule-broken', { name: `shop/${metric}` });
    expect(broken.reason).toMatch(texts[metric] ?? /never/);
    expect(broken).toMatchObject({ severity: 'warning', parameters: { rule: 'rules.0' } });
  }
  // No stall, whatever it breaks.
  for (const name of names) expect((await place.process(name)).stalled).toBeNull();
  const looked = await incidentTaken(place, 'shop/threads');
  expect(looked.file.reason).toEqual({ kind: 'rule', metric: 'threads' });
  expect(looked.text('stack.txt')).toMatch(/^21 threads of process/);
  const restarted = await incidentTaken(place, 'shop/descriptors');
  expect(restarted.file).toMatchObject({ reason: { kind: 'rule', metric: 'descriptors' }, instance: { pid: pids[2] } });
  for (const metric of metrics) place.write(metric, '');
  await until('another that keeps its bound', async () => (await place.running(['shop/descriptors']))[0] !== pids[2]);
  expect(livingAt(pids[2] ?? 0)).toBeNull();

  for (const metric of ['memory', 'threads', 'cpu']) {
    const kept = await place.noticed('process.rule-kept', { name: `shop/${metric}` });
    expect(kept.parameters).toMatchObject({ rule: 'rules.0', tookMs: expect.any(Number) });
  }
  expect(await place.running(['shop/memory', 'shop/threads', 'shop/cpu'])).toEqual([pids[0], pids[1], pids[3]]);
  expect(idsOf(place, 'shop/memory')).not.toContain('dump.taken');
});

test('`procsaver heartbeat` and a change of `heartbeatFile` are signs of life, and their end is a stall', async () => {
  const place = placeOfTest();
  const file = place.write('beat', '');
  await watch(
    place,
    `groups:
  shop:
    defaults: { restart: { backoff: { initial: 0s } } }
    processes:
      script: { command: [sleep, "86400"], stall: { heartbeat: 2s } }
      file: { command: [sleep, "86400"], stall: { heartbeat: 2s, heartbeatFile: ${file} } }
      nobody: { command: [sleep, "86400"], stall: { heartbeat: 2s }, onStall: alert }
      other: { command: [sleep, "86400"] }
`,
  );
  const names = ['shop/script', 'shop/file'];
  const pids = await place.running(names);
  // As long as it takes the one that nobody speaks for to be called, and as long again.
  const beating = async () => {
    await place.done('heartbeat', 'shop/script');
    utimesSync(file, new Date(), new Date());
  };
  const called = await until('the one that nobody speaks for to be called', async () => {
    await beating();
    return place.notices('shop/nobody').find(({ id }) => id === 'process.stalled');
  });
  await until('as long again', async () => {
    await beating();
    return Date.now() > Date.parse(called.at) + 2_000;
  });
  for (const name of names) expect(idsOf(place, name)).not.toContain('process.stalled');
  const silentSince = Date.now();
  for (const [index, name] of names.entries()) {
    const { at, instance } = await place.noticed('process.stalled', { name });
    expect(Date.parse(at) - silentSince).toBeGreaterThan(1_000);
    expect(instance?.pid).toBe(pids[index]);
  }
  const refused = await place.command('heartbeat', 'shop/other');
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('has no heartbeat rule') });
});

test('`dump` takes what it is asked for, says what it is at, and touches nothing', async () => {
  const place = placeOfTest();
  await watch(
    place,
    `groups: { shop: { processes: { worker: { command: [${compiled(place, 'hangs.c')}, none], ready: { notify: true }, instances: 2 } } } }\n`,
  );
  await place.running(['shop/worker']);
  const pids = await place.pids('shop/worker');
  const { status, stdout, stderr } = await place.command('dump', 'shop/worker#2', '--kind', 'stack,core');
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringMatching(/stack[\s\S]*core/) });
  const incident = await incidentTaken(place, 'shop/worker');
  expect(stdout).toContain(incident.folder);
  expect(incident.file).toMatchObject({
    slot: 2,
    reason: { kind: 'asked' },
    instance: { pid: pids[1] },
    missing: [],
    costs: { outageMs: 0 },
  });
  expect(incident.text('stack.txt')).toMatch(/clock_nanosleep|main/);
  expect(incident.bytes('core').subarray(0, 4).toString('latin1')).toBe('\x7fELF');
  expect(await place.pids('shop/worker')).toEqual(pids);
  expect(pids.map((pid) => livingAt(pid) !== null)).toEqual([true, true]);
  expect(idsOf(place, 'shop/worker').filter((id) => id === 'process.down' || id === 'process.stalled')).toEqual([]);
});
