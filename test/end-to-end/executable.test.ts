// What the single executable must stand: the environment it lands in, and the folders it finds there.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { program, run } from './program.ts';
import { launch, watch } from './tested-engine.ts';
import { until } from './until.ts';

const profile = `groups:
  demo:
    processes:
      sleeper:
        command: [sleep, "86400"]
`;

test('no flag for Node in the environment or on the command line reaches the Node inside', async () => {
  const place = placeOfTest();
  const environment = { ...place.environment, NODE_OPTIONS: '--require=/missing.js', NODE_NO_WARNINGS: '0' };
  const call = (...words: string[]) => run([program, ...words], { environment, directory: place.directory });
  expect(await call('version')).toMatchObject({ status: 0, stderr: '' });
  expect(await call('--expose-gc', 'version')).toMatchObject({ status: 2, stdout: '' });
});

test.each([
  ['is missing', (folder: string) => ['env', `TMPDIR=${folder}/missing`]],
  [
    'forbids programs',
    (folder: string) => ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o noexec none ${folder}; exec "$@"`, 'sh'],
  ],
])('the native library is opened when the temporary folder %s, and nothing of it stays', async (name, within) => {
  if (name === 'forbids programs' && process.getuid?.() !== 0) return;
  const place = placeOfTest();
  const folder = place.folder('temporary');
  const environment = { ...place.environment, TMPDIR: folder };
  const command = [...within(folder), program, '--daemon', place.write('demo.yaml', profile)];
  launch(command, { directory: place.directory, environment });
  await until('an engine that answers', () => place.status().catch(() => null));
  expect(readdirSync(folder)).toEqual([]);
});

test('at rest the daemon has given back the memory of its start', async () => {
  const place = placeOfTest();
  const engine = await watch(place, profile);
  const residentMb = (): number => {
    const status = readFileSync(`/proc/${engine.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  };
  await until('less than 53 MB resident', () => residentMb() < 53);
});
