import { appendFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KillHistory } from './kill-history.ts';
import { kill9 } from './killing.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine, watch } from './tested-engine.ts';
import { until } from './until.ts';

// The same by the hundred: node test/end-to-end/kill-the-engine.ts --times 100
test('fifty processes survive engines that are killed at random moments, and nothing is lost or doubled', async () => {
  const place = placeOfTest();
  const told: string[] = [];
  const history = new KillHistory(place, 20261123, (line) => told.push(line));
  await history.begin();
  for (let round = 1; round <= 5; round++) await history.round(round);
  expect(told).toHaveLength(5);
});

const shop = `groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
        restart: { delay: 2s, limit: 5 }
      worker:
        command: [sleep, "86402"]
      stubborn:
        command: [sh, -c, "trap '' TERM; while :; do sleep 1; done"]
        stop: { grace: 1s }
`;

const all = ['shop/api', 'shop/worker', 'shop/stubborn'];

test('an engine killed in the middle of a restart, a pause, an override and a stop leaves all four to the next one', async () => {
  const place = placeOfTest();
  const first = await watch(place, shop);
  const [, worker, stubborn = 0] = await place.running(all);
  await place.done('pause', 'shop/worker', '--why', 'patching', '--for', '1h');
  await place.done('set', 'shop/worker', 'restart.limit=7');
  const { paused, overrides } = await place.process('shop/worker');
  await place.done('stop', 'shop/stubborn');
  const dead = await kill9(place, 'shop/api');
  await until('a backoff', async () => (await place.process('shop/api')).state === 'backoff');
  const due = (await place.process('shop/api')).slots[0]?.nextAt;
  expect(await place.process('shop/stubborn')).toMatchObject({ state: 'stopping' });
  expect(await first.end('SIGKILL')).toEqual({ status: null, signal: 'SIGKILL' });
  expect(livingAt(stubborn)).not.toBeNull();

  await startEngine(place, place.path('profile.yaml'));
  const recovered = await place.noticed('engine.recovered');
  expect(recovered).toMatchObject({ severity: 'warning', parameters: { adopted: 2, lost: 0 } });
  expect(await place.process('shop/worker')).toMatchObject({
    instances: [{ pid: worker }],
    paused,
    overrides,
    restarts: { limit: 7, count: 0 },
  });
  const api = await place.process('shop/api');
  expect(api).toMatchObject({ state: 'backoff', restarts: { count: 1, limit: 5 } });
  // The restart comes when it was due, not a whole delay after the take-over.
  expect(Math.abs(Date.parse(api.slots[0]?.nextAt ?? '') - Date.parse(due ?? ''))).toBeLessThan(100);
  await until('the end of the stop', async () => (await place.process('shop/stubborn')).state === 'stopped');
  expect(livingAt(stubborn)).toBeNull();
  const [again] = await place.running(['shop/api']);
  expect(again).not.toBe(dead);
  expect((await place.process('shop/api')).restarts.count).toBe(1);
  expect(place.living().filter(({ commandLine }) => commandLine === 'sleep 86401')).toHaveLength(1);
});

test('what dies while no engine runs is found dead and restarted by the next one, and counts', async () => {
  const place = placeOfTest();
  const first = await watch(place, shop.replace('delay: 2s, ', ''));
  const [api = 0, worker] = await place.running(all);
  await first.end('SIGKILL');
  process.kill(api, 'SIGKILL');
  await until('its end', () => livingAt(api) === null);
  await startEngine(place, place.path('profile.yaml'));
  expect(await place.noticed('engine.recovered')).toMatchObject({ parameters: { adopted: 2, lost: 1 } });
  expect(await place.noticed('process.down')).toMatchObject({
    process: 'api',
    instance: { pid: api },
    reason: expect.stringContaining('unknown'),
  });
  expect((await place.running(all))[1]).toBe(worker);
  expect((await place.process('shop/api')).restarts.count).toBe(1);
});

test('a state file that breaks off, and one with nonsense in it, cost nothing of what stands before', async () => {
  const place = placeOfTest();
  let engine = await watch(place, shop);
  const pids = await place.running(all);
  await place.done('set', 'shop/worker', 'restart.limit=7');
  const [state = ''] = readdirSync(`${place.home}/default`).filter((name) => name.startsWith('state'));
  const file = `${place.home}/default/${state}`;
  for (const damage of ['{"half a li', '\u0000\u0000\u0000\nwhat is this?\n']) {
    await engine.end('SIGKILL');
    appendFileSync(file, damage);
    engine = await startEngine(place, place.path('profile.yaml'));
    expect(await place.running(all)).toEqual(pids);
    expect((await place.process('shop/worker')).restarts.limit).toBe(7);
  }
  // A half line is what a crash leaves behind; nonsense is kept aside and told.
  expect(await place.noticed('action.failed')).toMatchObject({
    severity: 'error',
    reason: expect.stringContaining('is damaged in line'),
  });
  expect(readdirSync(`${place.home}/default`).some((name) => name.startsWith(`${state}.damaged-`))).toBe(true);
});
