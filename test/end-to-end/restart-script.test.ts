import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { kill9, kill9AndAwait } from './killing.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine, watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const fixture = join(project, 'test/fixtures/programs/daemonize.py');

/** A copy of the test's own: what root runs has to be root's. */
const daemonizeOf = (place: Workplace) => place.path('daemonize.py');

/** A daemon as of old, that somebody else has started. */
async function startDaemon(place: Workplace, pidFile: string): Promise<void> {
  copyFileSync(fixture, daemonizeOf(place));
  const child = spawn('/usr/bin/python3', [daemonizeOf(place), pidFile], { env: place.environment, stdio: 'ignore' });
  await until('a daemon', () => child.exitCode !== null && existsSync(pidFile));
}

const profile = (place: Workplace, script: string) => `groups:
  old:
    processes:
      daemon:
        match: { executable: /usr/bin/python3, arguments: "daemonize.py ${place.path('daemon.pid')}" }
        restart: { run: ${script}, timeout: 400ms, limit: 2, backoff: { initial: 0s } }
        ready: { after: 0s, within: 2s }
      twin:
        match: { pidFile: ${place.path('twin.pid')} }
        restart: { run: [/usr/bin/python3, ${daemonizeOf(place)}, ${place.path('twin.pid')}], limit: 9, backoff: { initial: 0s } }
      neighbour:
        command: [sleep, "86401"]
        restart: { limit: 9, backoff: { initial: 0s } }
`;

test('what something else started is found by its arguments or its pid file, and brought back by its script', async () => {
  const place = placeOfTest();
  await startDaemon(place, place.path('daemon.pid'));
  const script = `[/usr/bin/python3, ${daemonizeOf(place)}, ${place.path('daemon.pid')}]`;
  await watch(place, profile(place, script).replace('400ms', '20s'));
  await place.running(['old/daemon', 'old/twin', 'old/neighbour']);
  // The twin was not there: its first start was the script's, and counts. The other was found.
  expect((await place.process('old/daemon')).restarts.count).toBe(0);
  expect((await place.process('old/twin')).restarts.count).toBe(1);
  await kill9AndAwait(place, 'old/daemon');
  await kill9AndAwait(place, 'old/twin');
  expect((await place.process('old/daemon')).restarts.count).toBe(1);
  expect((await place.process('old/twin')).restarts.count).toBe(2);
});

test('a daemon whose first process is still there when it is looked for is brought back once, by one run of the script', async () => {
  const place = placeOfTest();
  const pidFile = place.path('daemon.pid');
  await startDaemon(place, pidFile);
  const script = `[/usr/bin/python3, ${daemonizeOf(place)}, ${pidFile}, "0.3"]`;
  await watch(place, profile(place, script).replace('400ms', '20s'));
  await place.running(['old/daemon']);
  await kill9(place, 'old/daemon');
  // The first process of the daemon is found, ends, and what it has left in its place is the daemon.
  await place.noticed('process.up', { name: 'old/daemon', times: 3 });
  await place.running(['old/daemon']);
  expect(await place.pids('old/daemon')).toEqual([Number(readFileSync(pidFile, 'utf8'))]);
  expect(await place.process('old/daemon')).toMatchObject({ restarts: { count: 1, limit: 2 } });
  expect(place.living().filter(({ commandLine }) => commandLine.includes(`daemonize.py ${pidFile}`))).toHaveLength(1);
});

test('a restart script that hangs is ended with its children at its time limit, and holds nobody else up', async () => {
  const place = placeOfTest();
  const started = place.path('script-started');
  await startDaemon(place, place.path('daemon.pid'));
  await watch(
    place,
    profile(place, '{ }').replace('{ }', `[sh, -c, "trap '' TERM; touch ${started}; sleep 3333 & wait"]`),
  );
  await place.running(['old/daemon', 'old/twin', 'old/neighbour']);
  await kill9(place, 'old/daemon');
  await until('a script that hangs', () => existsSync(started));
  // While it hangs, the others are as well watched as ever.
  const before = performance.now();
  await kill9AndAwait(place, 'old/neighbour');
  expect(performance.now() - before).toBeLessThan(300);
  expect(place.notices('old/daemon').some(({ id }) => id === 'action.failed')).toBe(false);

  const failed = await place.noticed('action.failed', { name: 'old/daemon' });
  expect(failed).toMatchObject({ severity: 'error', reason: 'the restart script ran into its time limit' });
  await place.noticed('process.gave-up', { name: 'old/daemon' });
  expect(await place.process('old/daemon')).toMatchObject({ state: 'fatal', restarts: { count: 2, limit: 2 } });
  await until('no script left', () => place.living().every(({ commandLine }) => !commandLine.includes('sleep 3333')));
  expect(livingAt((await place.pids('old/neighbour'))[0] ?? 0)).not.toBeNull();
});

test('a restart script that outlives its engine is not run a second time beside itself by the next one', async () => {
  const place = placeOfTest();
  const started = place.path('script-started');
  const slow = place.write(
    'slow.sh',
    `echo run >>${started}; sleep 1; exec /usr/bin/python3 ${daemonizeOf(place)} ${place.path('daemon.pid')}`,
  );
  await startDaemon(place, place.path('daemon.pid'));
  const first = await watch(place, profile(place, `[sh, ${slow}]`).replace('400ms', '20s'));
  await place.running(['old/daemon', 'old/twin', 'old/neighbour']);
  await kill9(place, 'old/daemon');
  await until('a slow script', () => existsSync(started));
  await first.end('SIGKILL');

  await startEngine(place, place.path('profile.yaml'));
  await place.running(['old/daemon', 'old/twin', 'old/neighbour']);
  await until('the end of all scripts', () =>
    place.living().every(({ commandLine }) => !commandLine.includes('slow.sh')),
  );
  const daemons = place
    .living()
    .filter(({ commandLine }) => commandLine.includes('daemonize.py /tmp') && commandLine.endsWith('daemon.pid'));
  expect(daemons).toHaveLength(1);
  expect(await place.pids('old/daemon')).toEqual(daemons.map(({ pid }) => pid));
});
