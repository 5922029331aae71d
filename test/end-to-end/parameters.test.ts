import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';

const shop = `# The web shop. Call Hanako before changing anything here.
groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
        restart: { limit: 3, within: 24h } # agreed with the vendor
        stop:
          grace: 10s   # it writes its cache
`;

test('a parameter is changed while it runs, holds over a new engine, and is undone', async () => {
  const place = placeOfTest();
  const engine = await watch(place, shop);
  const [pid] = await place.running(['shop/api']);
  await place.done('set', 'shop/api', 'restart.limit=7', 'stop.grace=2s');
  expect((await place.process('shop/api')).restarts.limit).toBe(7);
  expect(await place.noticed('operator.changed', { times: 2 })).toMatchObject({
    by: 'root',
    group: 'shop',
    process: 'api',
  });
  const shown = await place.done('params', 'shop/api');
  expect(shown).toMatch(/restart\.limit.*7.*3/);
  expect(readFileSync(place.path('profile.yaml'), 'utf8')).toBe(shop);

  await engine.end();
  await watch(place, shop);
  expect(await place.process('shop/api')).toMatchObject({
    instances: [{ pid }],
    overrides: { 'restart.limit': { value: 7, by: 'root' }, 'stop.grace': { value: '2s', by: 'root' } },
  });
  await place.done('unset', 'shop/api', 'restart.limit');
  expect(await place.process('shop/api')).toMatchObject({
    restarts: { limit: 3 },
    overrides: { 'stop.grace': { value: '2s' } },
  });
  await place.done('unset', 'shop/api');
  expect((await place.process('shop/api')).overrides).toEqual({});
  expect(await place.pids('shop/api')).toEqual([pid]);
});

test('a value that is wrong, or one field of several, changes nothing', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  const [pid] = await place.running(['shop/api']);
  for (const wrong of ['stop.grace=fast', 'stop.grase=2s', 'restart.limit=100000', 'directory=/tmp']) {
    const { status, stderr } = await place.command('set', 'shop/api', 'stop.signal=INT', wrong);
    expect({ wrong, status }).toEqual({ wrong, status: 1 });
    expect(stderr).toContain(wrong.split('=')[0]);
  }
  expect(await place.process('shop/api')).toMatchObject({
    restarts: { limit: 3 },
    overrides: {},
    instances: [{ pid }],
  });
});

test('`set --save` writes one line of the profile, comments kept, and the value is the profile’s own then', async () => {
  const place = placeOfTest();
  await watch(place, shop);
  const [pid] = await place.running(['shop/api']);
  await place.done('set', 'shop/api', 'stop.grace=30s', '--save');
  expect(readFileSync(place.path('profile.yaml'), 'utf8')).toBe(shop.replace('grace: 10s   #', 'grace: 30s   #'));
  expect(await place.process('shop/api')).toMatchObject({ overrides: {}, instances: [{ pid }] });
  expect(await place.done('params', 'shop/api')).toMatch(/stop\.grace.*30s/);
});
