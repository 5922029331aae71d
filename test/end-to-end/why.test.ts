// `procsaver why` about a process in each of its states.
import { expect, test } from 'vitest';
import { kill9, kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const profile = `groups:
  shop:
    processes:
      well:
        command: [sleep, "86401"]
        restart: { limit: 9, backoff: { initial: 0s } }
      pausable:
        command: [sleep, "86402"]
      slow:
        command: [sleep, "86403"]
        ready: { run: ["false"], within: 1h }
      dependant:
        command: [sleep, "86404"]
        dependsOn: { slow: ready }
      stubborn:
        command: [sh, -c, "trap : TERM; while :; do sleep 0.1; done"]
        stop: { grace: 1h }
      flaky:
        command: [sh, -c, "exit 4"]
        restart: { limit: 5, within: 2h, delay: 1h }
      batch:
        command: [sh, -c, "exit 0"]
        restart: { when: on-failure }
      absent:
        match: { executable: /nonexistent/program }
      workers:
        command: [sleep, "86405"]
        instances: 3
  broken:
    strategy: one-for-all
    processes:
      hopeless:
        command: [sh, -c, "echo no licence; exit 6"]
        restart: { limit: 1, within: 1h, backoff: { initial: 0s } }
      companion:
        command: [sleep, "86406"]
`;

const time = String.raw`(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d`;

async function why(place: Workplace, name: string): Promise<string> {
  return (await place.done('why', name)).trimEnd();
}

/** The whole answer, in which TIME stands for any moment. */
async function expectWhy(place: Workplace, name: string, text: string): Promise<void> {
  const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('TIME', time);
  expect(await why(place, name)).toMatch(new RegExp(`^${pattern}$`));
}

async function inState(place: Workplace, states: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, state] of Object.entries(states))
    await until(`${name} ${state}`, async () => (await place.process(name)).state === state);
}

test('`why` answers in one paragraph for every state that a process can be in', async () => {
  const place = placeOfTest();
  await watch(place, profile);
  await place.running(['shop/well', 'shop/pausable', 'shop/stubborn', 'shop/workers']);
  await kill9AndAwait(place, 'shop/well');
  await place.done('pause', 'shop/pausable', '--why', 'new disks');
  await kill9(place, 'shop/pausable');
  await place.done('stop', 'shop/stubborn');
  await place.done('stop', 'shop/workers');
  await inState(place, {
    'shop/pausable': 'waiting',
    'shop/slow': 'starting',
    'shop/dependant': 'waiting',
    'shop/stubborn': 'stopping',
    'shop/flaky': 'backoff',
    'shop/batch': 'exited',
    'shop/absent': 'waiting',
    'shop/workers': 'stopped',
    'broken/hopeless': 'fatal',
    'broken/companion': 'fatal',
  });

  for (const [name, text] of Object.entries({
    'shop/well':
      'shop/well is running since TIME. 1 of 9 restarts within 24h is used, the last at TIME; the next leaves the window at TIME. It last ended with killed by SIGKILL.',
    'shop/pausable':
      'shop/pausable is waiting since TIME. Monitoring is paused by root (new disks); it is not started until it is resumed; it last ended with killed by SIGKILL. It is paused by root until somebody resumes it: new disks.',
    'shop/slow':
      'shop/slow is starting since TIME. It runs but is not ready yet (ready.run). shop/dependant waits for it.',
    'shop/dependant': 'shop/dependant is waiting since TIME. It waits for shop/slow to be ready.',
    'shop/stubborn':
      'shop/stubborn is stopping since TIME, as an operator wants it. It was asked to end and has 1h for it.',
    'shop/flaky':
      'shop/flaky is backoff since TIME. It waits a while before its next restart; it last ended with exit 4. The next try is at TIME. 1 of 5 restarts within 2h is used, the last at TIME; the next leaves the window at TIME.',
    'shop/batch':
      'shop/batch is exited since TIME. It ended as its profile allows (restart.when: on-failure); it last ended with exit 0.',
    'shop/absent':
      'shop/absent is waiting since TIME. Nothing matches, and no restart.run is given to bring it back; it is seen as soon as something starts it.',
    'shop/workers':
      'shop/workers is stopped (3 of 3) since TIME, as an operator wants it. An operator stopped it; `procsaver start shop/workers` brings it back.',
    'broken/hopeless':
      'broken/hopeless is fatal since TIME. Given up: 1 restart within 1h did not cure it (exit 6). It is not restarted by itself; `procsaver clear broken/hopeless` forgets the counters and tries again. 1 of 1 restart within 1h is used, the last at TIME; the next leaves the window at TIME. Its last output: no licence',
    'broken/companion':
      'broken/companion is fatal since TIME. Given up with its group, because broken/hopeless#1 was given up; `procsaver clear broken/hopeless` tries both again.',
  }))
    await expectWhy(place, name, text);

  // A group's answer is one paragraph a member, in the profile's order.
  const group = (await why(place, 'broken')).split('\n');
  expect(group.map((line) => line.split(' ')[0])).toEqual(['broken/hopeless', 'broken/companion']);
  expect(await place.command('why', 'shop/nobody')).toMatchObject({ status: 1, stdout: '' });
});
