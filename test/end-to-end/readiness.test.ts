import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { placeOfTest } from './place-of-test.ts';
import { program } from './program.ts';
import { launch, watch } from './tested-engine.ts';
import { until } from './until.ts';

const programs = join(project, 'test/fixtures/programs');

/** `second` depends on the readiness of `first`, which is ready when the test lets it. */
const chain = (gate: string, ready: string) => `groups:
  shop:
    processes:
      first:
        command: [sh, ${join(programs, 'says-ready.sh')}, ${gate}]
        ready: ${ready}
      second:
        command: [sleep, "86400"]
        dependsOn: { first: ready }
`;

for (const ready of ['{ notify: true }', '{ output: "^serving on port [0-9]+$" }']) {
  test(`a process with \`ready: ${ready}\` is ready when it says so, and its dependant starts then and not before`, async () => {
    const place = placeOfTest();
    const gate = place.path('gate');
    await watch(place, chain(gate, ready));
    await until('the first to start', async () => (await place.process('shop/first')).state === 'starting');
    expect(await place.process('shop/second')).toMatchObject({ state: 'waiting', instances: [], ready: false });
    expect((await place.process('shop/second')).why).toContain('shop/first');
    expect((await place.command('status')).status).toBe(3);

    writeFileSync(gate, '');
    await place.running(['shop/first', 'shop/second']);
    const ids = place.notices().map(({ id, process }) => `${process} ${id}`);
    expect(ids.indexOf('first process.ready')).toBeGreaterThan(0);
    expect(ids.indexOf('first process.ready')).toBeLessThan(ids.indexOf('second process.starting'));
    expect((await place.command('status')).status).toBe(0);
  });
}

test('a process that is not ready in time is a failed start, which counts', async () => {
  const place = placeOfTest();
  const late = chain(place.path('never'), '{ notify: true, within: 300ms }').replace(
    'ready: {',
    'restart: { limit: 0 }\n        ready: {',
  );
  await watch(place, late);
  const down = await place.noticed('process.down', { name: 'shop/first' });
  expect(down.reason).toBe('not ready within 300 ms');
  await place.noticed('process.gave-up', { name: 'shop/first' });
  expect(await place.process('shop/first')).toMatchObject({ state: 'fatal', instances: [] });
  expect(await place.process('shop/second')).toMatchObject({ state: 'waiting' });
});

test('the daemon itself tells its service manager when it watches, and when it stops', async () => {
  const place = placeOfTest();
  const socket = place.path('notify.sock');
  const said = place.write('said', '');
  launch(['/usr/bin/python3', join(programs, 'notify-listener.py'), socket, said], place);
  await until('a service manager', () => existsSync(socket));
  const isSaid = (text: string) => readFileSync(said, 'utf8').includes(text);
  const file = place.write(
    'profile.yaml',
    'groups: { demo: { processes: { sleeper: { command: [sleep, "86400"] } } } }\n',
  );
  const environment = { ...place.environment, NOTIFY_SOCKET: socket };
  const engine = launch([program, '--daemon', file], { directory: place.directory, environment });
  await until('READY=1', () => isSaid(`READY=1 MAINPID=${engine.pid}`));
  // What was promised holds: it answers, with its profile in force.
  expect((await place.status()).engine.pid).toBe(engine.pid);
  expect(await engine.end()).toEqual({ status: 0, signal: null });
  await until('STOPPING=1', () => isSaid('STOPPING=1'));
});
