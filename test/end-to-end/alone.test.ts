import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { program, run } from './program.ts';
import { launch } from './tested-engine.ts';
import { Tmux } from './tmux.ts';
import { until } from './until.ts';

const profile = `groups:
  demo:
    processes:
      sleeper:
        command: [sleep, "86400"]
`;

/** A machine may have a Node where its other programs are; root covers it up, in a mount namespace of the command's own. */
const nodes = ['/usr/bin/node', '/bin/node'].filter((path) => existsSync(path));
const hidden =
  nodes.length === 0 || process.getuid?.() !== 0
    ? []
    : [
        'unshare',
        '--mount',
        'sh',
        '-c',
        `${nodes.map((path) => `mount --bind /dev/null ${path}`).join('; ')}; exec "$@"`,
        'sh',
      ];

test('the file alone, in an empty folder and without a Node on the path, does everything', async () => {
  const place = placeOfTest();
  const folder = place.folder('empty');
  copyFileSync(program, `${folder}/procsaver`);
  place.write('demo.yaml', profile);
  const bare = [...hidden, 'env', '-i', 'PATH=/usr/bin:/bin', `PROCSAVER_HOME=${place.home}`];
  const inFolder = { environment: { PATH: '/usr/bin:/bin' }, directory: folder };
  const call = (...words: string[]) => run([...bare, './procsaver', ...words], inFolder);
  expect(await run([...bare, 'sh', '-c', 'command -v node'], inFolder)).toMatchObject({ status: 127, stdout: '' });

  expect(await call('version')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^procsaver \d+\.\d+\.\d+\n$/),
  });
  expect(await call('check', '../demo.yaml')).toMatchObject({ status: 0, stderr: '' });
  expect(await call('status')).toMatchObject({ status: 5, stdout: '' });

  const engine = launch([...bare, './procsaver', '--daemon', '../demo.yaml'], inFolder);
  await until('an engine that answers', () => place.status().catch(() => null));
  const [pid] = await place.running(['demo/sleeper']);
  const { status, stdout } = await call('status', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    engine: { instance: 'default', pid: engine.pid, profiles: [place.path('demo.yaml')] },
    groups: [
      { name: 'demo', state: 'up', processes: [{ name: 'sleeper', state: 'running', instances: [{ slot: 1, pid }] }] },
    ],
  });

  const terminal = await Tmux.open(place, { columns: 100, rows: 30 });
  const words = [...bare, './procsaver'].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await terminal.type(`cd ${folder}; ${words.join(' ')}`, 'Enter');
  await terminal.shows(new RegExp(`sleeper .*running .*${pid}`));
  await terminal.type('q');
  await terminal.shows(/^ready>$/m);

  // It needs nothing beside itself, and leaves nothing beside itself.
  expect(readdirSync(folder)).toEqual(['procsaver']);
});
