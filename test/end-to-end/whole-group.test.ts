// What an operator does to a whole group, and what becomes of one that is given up as a whole.
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kill9, kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { linesNow, storyOf } from './story.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';

const chain = `groups:
  shop:
    processes:
      base:
        command: [sh, -c, "trap 'sleep 1; exit 0' TERM; echo serving; while :; do sleep 0.05; done"]
        ready: { output: "^serving$" }
      app:
        command: [sleep, "86401"]
        dependsOn: { base: ready }
        ready: { after: 700ms }
      web:
        command: [sleep, "86402"]
        instances: 2
        dependsOn: { app: ready }
  spooler:
    processes:
      printer:
        command: [sleep, "86403"]
        restart: { limit: 9, backoff: { initial: 0s } }
`;
const members = ['shop/base', 'shop/app', 'shop/web'];

test('an operator restarts a group in order; a member that is slow to stop and one that is slow to start hold nobody else up', async () => {
  const place = placeOfTest();
  await watch(place, chain);
  await place.running([...members, 'spooler/printer']);
  const since = linesNow(place);
  const before = performance.now();
  await place.done('restart', 'shop');
  await until('a base that stops', async () => (await place.process('shop/base')).state === 'stopping');
  expect((await place.status()).groups[0]?.state).toBe('recovering');
  // The base takes its second; another group is served at once meanwhile.
  const slow = performance.now();
  await kill9AndAwait(place, 'spooler/printer');
  expect(performance.now() - slow).toBeLessThan(700);
  expect((await place.process('shop/base')).state).toBe('stopping');
  await until('an app that waits to be ready', async () => (await place.process('shop/app')).state === 'starting');
  expect(await place.process('shop/web')).toMatchObject({ state: 'waiting', instances: [] });
  await place.running(members);
  expect(performance.now() - before).toBeGreaterThan(1_700);

  const story = storyOf(place, 'shop', since);
  expect(story.slice(0, 2).toSorted()).toEqual(['web stopped', 'web#2 stopped'].toSorted());
  expect(story.slice(2, 7)).toEqual(['app stopped', 'base stopped', 'base up', 'base ready', 'app up']);
  expect(story.slice(7).toSorted()).toEqual(['app ready', 'web up', 'web#2 up'].toSorted());
  for (const member of members) expect((await place.process(member)).restarts.count).toBe(0);
  expect(await place.noticed('operator.restarted')).toMatchObject({ by: 'root', group: 'shop', process: null });
});

test('a group is stopped from its end to its base, and started the other way round', async () => {
  const place = placeOfTest();
  await watch(place, chain);
  await place.running(members);
  const since = linesNow(place);
  await place.done('stop', 'shop');
  await until('a group that is down', async () => (await place.status()).groups[0]?.state === 'down');
  expect(storyOf(place, 'shop', since).slice(-2)).toEqual(['app stopped', 'base stopped']);
  expect((await place.command('status')).status).toBe(0);
  await place.done('start', 'shop');
  await place.running(members);
  expect(storyOf(place, 'shop', since).slice(4, 8)).toEqual(['base up', 'base ready', 'app up', 'app ready']);
});

test('a paused group lends its pause to every member; what died meanwhile is named at its resume, and all of it comes back in order', async () => {
  const place = placeOfTest();
  await watch(place, chain);
  await place.running([...members, 'spooler/printer']);
  await place.done('pause', 'shop', '--for', '1h', '--why', 'new disks');
  const { paused, processes = [] } = (await place.status()).groups[0] ?? {};
  expect(paused).toMatchObject({ by: 'root', why: 'new disks', until: expect.stringMatching(/Z$/) });
  expect(processes.map((process) => process.paused)).toEqual([paused, paused, paused]);
  const shown = await place.done('status');
  expect(shown).toMatch(/^shop +up, paused\n +paused by root until [\d: -]+: new disks$/m);
  expect(await place.done('why', 'shop/web')).toMatch(/Its group shop is paused by root until [\d:-]+.*: new disks\./);

  const web = await place.pids('shop/web');
  await kill9(place, 'shop/app');
  await kill9(place, 'shop/base');
  await until('members that wait', async () => (await place.process('shop/base')).state === 'waiting');
  // The other groups are watched as ever.
  await kill9AndAwait(place, 'spooler/printer');
  expect(await place.process('shop/base')).toMatchObject({ instances: [], restarts: { count: 0 } });

  const since = linesNow(place);
  await place.done('resume', 'shop');
  expect(await place.noticed('operator.resumed')).toMatchObject({
    by: 'root',
    group: 'shop',
    parameters: { target: 'shop', missed: 'shop/base#1 shop/app#1' },
  });
  await place.running(members);
  expect(storyOf(place, 'shop', since)).toEqual(['base up', 'base ready', 'app up', 'app ready']);
  expect(await place.pids('shop/web')).toEqual(web);
  for (const member of members)
    expect(await place.process(member)).toMatchObject({ paused: null, restarts: { count: 0 } });
});

test('a group that is given up as a whole goes down as a whole, is told once, and comes back as a whole by `clear`', async () => {
  const place = placeOfTest();
  const repaired = place.path('repaired');
  await watch(
    place,
    `groups:
  shop:
    strategy: one-for-all
    processes:
      base:
        command: [sleep, "86401"]
      broken:
        command: [sh, -c, "test -e ${repaired} && exec sleep 86402; sleep 0.1; exit 5"]
        dependsOn: { base: started }
        restart: { limit: 2, within: 1h, backoff: { initial: 10ms, max: 20ms } }
      web:
        command: [sleep, "86403"]
        dependsOn: { broken: started }
  spooler:
    processes:
      printer:
        command: [sleep, "86404"]
`,
  );
  const gaveUp = await place.noticed('group.gave-up');
  expect(gaveUp).toMatchObject({
    severity: 'critical',
    group: 'shop',
    process: null,
    reason: 'shop/broken was given up',
  });
  const [shop, spooler] = await until('a group that is down', async () => {
    const { groups } = await place.status();
    return groups[0]?.processes.every(({ instances, state }) => state === 'fatal' && instances.length === 0) && groups;
  });
  expect([shop?.state, spooler?.state]).toEqual(['fatal', 'up']);
  expect(place.living().filter(({ commandLine }) => /8640[123]/.test(commandLine))).toEqual([]);
  expect(place.notices().filter(({ id }) => id === 'process.gave-up' || id === 'group.gave-up')).toHaveLength(2);
  expect(shop?.processes.map(({ restarts }) => restarts.count)).toEqual([0, 2, 0]);
  expect(await place.done('why', 'shop/web')).toContain('because shop/broken#1 was given up');

  writeFileSync(repaired, '');
  const since = linesNow(place);
  await place.done('clear', 'shop');
  await place.running(['shop/base', 'shop/broken', 'shop/web']);
  expect(storyOf(place, 'shop', since)).toEqual(['base up', 'broken up', 'web up']);
  expect((await place.process('shop/broken')).restarts.count).toBe(0);
  expect((await place.command('status')).status).toBe(0);
});
