import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kill9AndAwait } from './killing.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';

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
  const [api] = await place.running(['shop/api', 'shop/worker']);
  await kill9AndAwait(place, 'shop/worker');
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
  const ids = place.notices().map(({ id }) => id);
  expect(ids.slice(ids.lastIndexOf('engine.started'))).toEqual(['engine.started', ...Array(4).fill('process.up')]);

  // Adopted, not only listed: a death is seen and mended, though it is nobody's child any more.
  expect(await kill9AndAwait(place, 'shop/api')).not.toBe(api);
});

test('`shutdown` ends the engine and nothing else', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  await place.running(['shop/api', 'shop/worker']);
  await place.done('shutdown');
  expect(await engine.ended).toEqual({ status: 0, signal: null });
  expect(place.living()).toHaveLength(4);
});

test.each([
  ['empty', ''],
  ['full of something else', 'no state at all\n'],
])(
  'when the state file is %s, the children are found by what they carry, and none is started twice',
  async (_, text) => {
    const place = placeOfTest();
    const first = await watch(place, shop);
    await place.running(['shop/api', 'shop/worker']);
    const pids = [...(await place.pids('shop/api')), ...(await place.pids('shop/worker'))];
    await first.end('SIGKILL');
    writeFileSync(join(place.home, 'default', 'state.jsonl'), text);

    const second = await watch(place, shop);
    expect([...(await place.pids('shop/api')), ...(await place.pids('shop/worker'))]).toEqual(pids);
    expect(place.living().filter(({ commandLine }) => commandLine.startsWith('sleep '))).toHaveLength(4);
    expect(place.notices().filter(({ id }) => id === 'action.failed')).toHaveLength(1);

    // And what was found is remembered: the engine after this one needs no such search.
    await second.end('SIGKILL');
    await watch(place, shop);
    expect([...(await place.pids('shop/api')), ...(await place.pids('shop/worker'))]).toEqual(pids);
    expect(place.living().filter(({ commandLine }) => commandLine.startsWith('sleep '))).toHaveLength(4);
  },
);
