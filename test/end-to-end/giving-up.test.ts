import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { kill9, kill9AndAwait } from './killing.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';

const profile = (escalation: string, port: number) => `groups:
  cache:
    escalation: ${escalation}
    processes:
      redis:
        command: [redis-server, --port, "${port}", --bind, 127.0.0.1, --save, ""]
        restart: { limit: 3, within: 1h, backoff: { initial: 10ms, max: 40ms } }
  shop:
    processes:
      api:
        command: [sleep, "86401"]
      worker:
        command: [sleep, "86402"]
        dependsOn: { cache/redis: started }
`;

test('over the limit redis is fatal, which is said once, and the others are watched on', async () => {
  const place = placeOfTest();
  await watch(place, profile('continue', await freePort()));
  const [, api, worker] = await place.running(['cache/redis', 'shop/api', 'shop/worker']);
  for (let time = 1; time <= 3; time++) await kill9AndAwait(place, 'cache/redis');
  await kill9(place, 'cache/redis');
  const gaveUp = await place.noticed('process.gave-up');
  expect(gaveUp).toMatchObject({ severity: 'critical', group: 'cache', process: 'redis', reason: 'killed by SIGKILL' });
  expect(gaveUp.parameters).toMatchObject({ limit: 3, within: '1h' });
  expect(await place.process('cache/redis')).toMatchObject({
    state: 'fatal',
    instances: [],
    restarts: { count: 3, limit: 3 },
  });
  expect((await place.command('status')).status).toBe(3);

  expect(await kill9AndAwait(place, 'shop/api')).not.toBe(api);
  expect(await place.pids('shop/worker')).toEqual([worker]);
  const ids = place.notices('cache/redis').map(({ id }) => id);
  expect(ids.filter((id) => id === 'process.gave-up')).toHaveLength(1);
  expect(ids.filter((id) => id === 'process.restarting')).toHaveLength(3);

  // `clear` forgets the counter and tries again.
  await place.done('clear', 'cache/redis');
  await place.running(['cache/redis']);
  expect((await place.process('cache/redis')).restarts.count).toBe(0);
});

test('under `escalation: exit` the daemon ends with status 3, and the other processes live on untouched', async () => {
  const place = placeOfTest();
  const engine = await watch(place, profile('exit', await freePort()));
  const others = (await place.running(['cache/redis', 'shop/api', 'shop/worker'])).slice(1);
  for (let time = 1; time <= 3; time++) await kill9AndAwait(place, 'cache/redis');
  const [redis = 0] = await place.pids('cache/redis');
  process.kill(redis, 'SIGKILL');
  expect(await engine.ended).toEqual({ status: 3, signal: null });
  expect(place.notices().filter(({ id }) => id === 'process.gave-up')).toHaveLength(1);
  expect(place.notices().at(-1)).toMatchObject({ id: 'engine.stopped' });
  expect(
    place
      .living()
      .map(({ pid }) => pid)
      .sort(),
  ).toEqual([...others].sort());
  expect(others.map((pid) => livingAt(pid)?.commandLine)).toEqual(['sleep 86401', 'sleep 86402']);
});
