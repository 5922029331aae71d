import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';

/** Ten mistakes, each of a kind of its own; the numbers behind # are where it has to be found. */
const tenMistakes = `defaults:
  restart: { limit: many }                              # 2:21
groups:
  shop:
    escalation: fail-over                               # 5:17
    processes:
      database:
        match: { executable: postgres, arguments: "(" } # 8:51
      api:
        command: [node, server.js]
        dependson: { database: ready }                  # 11:9
        ready: { http: "http://127.0.0.1/", within: 60 } # 12:53
      worker:
        command: node worker.js
        instances: 5000                                 # 15:20
        dependsOn: { databse: ready }                   # 16:22
      import:
        command: [import, "\${NO_SUCH_VARIABLE}"]        # 18:27
      report:                                           # 19:7
        directory: /srv/report
      worker:                                           # 21:7
        command: node other.js
`;

const places = [...tenMistakes.matchAll(/# (\d+:\d+)$/gm)].map(([, place]) => place);

/** `file:line:column path: what` → line:column */
function placesIn(output: string, file: string): (string | undefined)[] {
  const lines = output.split('\n').filter((line) => line.includes(`${file}:`));
  return lines.map((line) => /:(\d+:\d+) /.exec(line)?.[1]);
}

test('ten mistakes are ten problems with their lines and columns, and status 4, from check and from the daemon', async () => {
  const place = placeOfTest();
  const file = place.write('ten.yaml', tenMistakes);
  expect(places).toHaveLength(10);

  const checked = await place.command('check', file);
  expect(checked.status).toBe(4);
  expect(placesIn(checked.stdout, 'ten.yaml')).toEqual(places);

  const daemon = await place.command('--daemon', file);
  expect(daemon.status).toBe(4);
  expect(placesIn(daemon.stderr, 'ten.yaml')).toEqual(places);
  expect(place.living()).toEqual([]);
});

const sound = `groups:
  shop:
    processes:
      api:
        command: [sleep, "86401"]
      worker:
        command: [sleep, "86402"]
        instances: 3
  spooler:
    processes:
      printer:
        command: [sleep, "86403"]
`;

test('a bad reload leaves everything running and says why', async () => {
  const place = placeOfTest();
  await watch(place, sound);
  await place.running(['shop/api', 'shop/worker', 'spooler/printer']);
  const before = place.living();

  const file = place.write('profile.yaml', sound.replace('instances: 3', 'instances: three'));
  const { status, stdout, stderr } = await place.command('reload');
  expect(status).toBe(4);
  expect(stdout).toContain(`${file}:8:20 `);
  expect(stderr).not.toBe('');
  const rejected = await place.noticed('profile.rejected');
  expect(rejected).toMatchObject({ severity: 'error', by: 'root', reason: expect.stringContaining(':8:20 ') });
  expect((await place.status()).engine.problems).toMatchObject([{ line: 8, column: 20 }]);
  expect(place.living()).toEqual(before);
  expect(await place.pids('shop/worker')).toHaveLength(3);
});

test('a good reload touches only what changed', async () => {
  const place = placeOfTest();
  await watch(place, sound);
  await place.running(['shop/api', 'shop/worker', 'spooler/printer']);
  const before = {
    api: await place.pids('shop/api'),
    worker: await place.pids('shop/worker'),
    printer: await place.pids('spooler/printer'),
  };

  place.write(
    'profile.yaml',
    sound
      .replace('86403', '86404')
      .replace('instances: 3', 'instances: 2')
      .concat('      scanner:\n        command: [sleep, "86405"]\n'),
  );
  const told = await place.done('reload');
  expect(told).toContain('+ spooler/scanner');
  expect(told).toContain('~ shop/worker');
  expect(told).toContain('~ spooler/printer');
  expect(told).not.toContain('shop/api');
  await place.running(['shop/api', 'shop/worker', 'spooler/printer', 'spooler/scanner']);
  expect(await place.pids('shop/api')).toEqual(before.api);
  expect(await place.pids('shop/worker')).toEqual(before.worker.slice(0, 2));
  await until('a printer with the new command, and no other', async () => {
    const printers = place.living().filter(({ commandLine }) => /^sleep 8640[34]$/.test(commandLine));
    return printers.length === 1 && printers[0]?.commandLine === 'sleep 86404';
  });
  expect(await place.pids('spooler/printer')).not.toEqual(before.printer);
  // Stopped because the profile says so: no failure, no restart that counts.
  expect(place.notices('shop/worker').filter(({ id }) => id === 'process.stopped')).toMatchObject([
    { instance: { slot: 3 } },
  ]);
  expect((await place.process('spooler/printer')).restarts.count).toBe(0);
});
