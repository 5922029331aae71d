import { expect, test } from 'vitest';
import { kill9, kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';

const shop = `groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
      worker:
        command: [sleep, "86402"]
`;

test('what dies during a pause stays down, comes back at resume, and is named then', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  const [, worker] = await place.running(['shop/api', 'shop/worker']);
  await place.done('pause', 'shop/api', '--why', 'patching the kernel');
  expect((await place.process('shop/api')).paused).toEqual({ by: 'root', why: 'patching the kernel', until: null });
  expect(await place.noticed('operator.paused')).toMatchObject({ by: 'root', group: 'shop', process: 'api' });

  const dead = await kill9(place, 'shop/api');
  // A death of the neighbour, which is not paused, is over and done with meanwhile.
  expect(await kill9AndAwait(place, 'shop/worker')).not.toBe(worker);
  expect(await place.process('shop/api')).toMatchObject({ state: 'waiting', instances: [], restarts: { count: 0 } });
  expect(await place.command('status')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('patching the kernel'),
  });
  expect(await place.command('restart', 'shop/api')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('paused by root: patching the kernel; resume it first'),
  });

  await place.done('resume', 'shop/api');
  expect(await place.noticed('operator.resumed')).toMatchObject({ by: 'root', parameters: { missed: 'shop/api#1' } });
  const [api] = await place.running(['shop/api', 'shop/worker']);
  expect(api).not.toBe(dead);
  expect(await place.process('shop/api')).toMatchObject({ paused: null, restarts: { count: 0 } });
});

test('a pause for a time ends by itself, and what died meanwhile comes back', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  await place.running(['shop/api', 'shop/worker']);
  await place.done('pause', 'shop', '--for', '1s');
  const { paused, processes = [] } = (await place.status()).groups[0] ?? {};
  expect(Date.parse(paused?.until ?? '')).toBeGreaterThan(Date.now());
  expect(processes.map((process) => process.paused)).toEqual([paused, paused]);
  await kill9(place, 'shop/api');
  const expired = await place.noticed('pause.expired');
  expect(expired).toMatchObject({
    severity: 'warning',
    by: null,
    parameters: { target: 'shop', missed: 'shop/api#1' },
  });
  expect(Date.parse(expired.at)).toBeGreaterThanOrEqual(Date.parse(paused?.until ?? ''));
  await place.running(['shop/api', 'shop/worker']);
  expect((await place.status()).groups[0]?.paused).toBeNull();
});
