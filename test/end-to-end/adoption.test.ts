import { expect, test } from 'vitest';
import { killLiving, livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';

const shop = `groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
      worker:
        command: [sleep, "86402"]
        instances: 3
        restart: { limit: 9 }
        dependsOn: { api: ready }
`;

test('an engine that is told to end leaves the processes alone, and the next one takes them over as they are', async () => {
  const place = placeOfTest();
  const first = await watch(place, shop);
  const [api, worker = 0] = await place.running(['shop/api', 'shop/worker']);
  const victim = livingAt(worker);
  if (victim !== null) killLiving(victim);
  await until('the counter at 1', async () => (await place.process('shop/worker')).restarts.count === 1);
  await place.running(['shop/api', 'shop/worker']);
  const pids = await place.pids('shop/worker');

  expect(await first.end('SIGTERM')).toEqual({ status: 0, signal: null });
  expect(place.notices().at(-1)).toMatchObject({ id: 'engine.stopped', reason: 'SIGTERM' });
  expect([api, ...pids].map((pid) => livingAt(pid ?? 0)?.commandLine)).toEqual([
    'sleep 86401',
    'sleep 86402',
    'sleep 86402',
    'sleep 86402',
  ]);

  await watch(place, shop);
  expect(await place.pids('shop/api')).toEqual([api]);
  expect(await place.process('shop/worker')).toMatchObject({ restarts: { count: 1 }, state: 'running' });
  expect(await place.pids('shop/worker')).toEqual(pids);
  // It ended in order, so there was nothing to recover from.
  expect(place.notices().filter(({ id }) => id === 'engine.recovered')).toEqual([]);
  expect(place.notices().at(-1)).toMatchObject({ id: 'engine.started' });

  // Adopted, not only listed: a death is seen and mended, though it is nobody's child any more.
  const adopted = livingAt(api ?? 0);
  if (adopted !== null) killLiving(adopted);
  await until('another api', async () => {
    const [pid] = await place.pids('shop/api');
    return pid !== undefined && pid !== api;
  });
});

test('`shutdown` ends the engine and nothing else', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  await place.running(['shop/api', 'shop/worker']);
  await place.done('shutdown');
  expect(await engine.ended).toEqual({ status: 0, signal: null });
  expect(place.living()).toHaveLength(4);
});
