import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';

function withInstall(...command: string[]) {
  return spawn(process.execPath, ['scripts/with-install.mjs', ...command], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('the command runs on the Node of the lock file, and nothing is installed that is there', async () => {
  const child = withInstall('node', '-p', 'process.versions.node.split(".")[0]');
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  expect(String(output)).toBe('26\n');
});

test('the exit status of the command is the status of the script', async () => {
  expect(await once(withInstall('sh', '-c', 'exit 7'), 'exit')).toEqual([7, null]);
});

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the command, and its death shows as in a shell',
  async (signal) => {
    const child = withInstall('sh', '-c', 'echo ready; exec sleep 60');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([128 + constants.signals[signal], null]);
  },
);
