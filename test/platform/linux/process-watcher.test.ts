import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pidfdSupport } from '../../../native-bindings/linux/pidfd.ts';
import type { Exit, Instance } from '../../../source/ports/instance.ts';
import { instanceAt, openWorkshop, pidsIn, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

test.each<[string, string, Exit]>([
  ['success', 'exit 0', { code: 0 }],
  ['failure', 'exit 1', { code: 1 }],
  ['the highest status', 'exit 255', { code: 255 }],
  ['a signal', 'kill -KILL $$', { signal: 'SIGKILL', core: false }],
  ['a crash without a core file', 'ulimit -c 0; kill -SEGV $$', { signal: 'SIGSEGV', core: false }],
])('our own child ends with %s', async (_, script, exit) => {
  expect(await workshop.exitOf(await workshop.started(['sh', '-c', script]))).toEqual(exit);
});

test('a core file is told of where the system writes one', async ({ skip }) => {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hc'], { encoding: 'utf8' }).trim();
  if (limit === '0') skip('core files are forbidden here (ulimit -Hc is 0)');
  const child = await workshop.started(['sh', '-c', 'ulimit -c unlimited; kill -SEGV $$']);
  expect(await workshop.exitOf(child)).toEqual({ signal: 'SIGSEGV', core: true });
});

/** A process that is no child of ours; its parent waits for it at once, or never. */
async function strangersChild(late: 'no' | 'never', command: readonly string[]): Promise<Instance> {
  const pidFile = workshop.file('child.pid');
  rmSync(pidFile, { force: true });
  await workshop.started([program('late-parent.py'), pidFile, ...command], {
    environment: { PATH: '/usr/bin:/bin', LATE: late },
  });
  const [pid = 0] = await pidsIn(pidFile, 1);
  return instanceAt(pid);
}

test("a stranger's child that becomes a zombie shows its status to root", async ({ skip }) => {
  if (process.geteuid?.() !== 0) skip('only root sees the status of any zombie');
  const child = await strangersChild('never', ['sleep', '1000']);
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGUSR1');
  expect(await exit).toEqual({ signal: 'SIGUSR1', core: false });
});

test("a stranger's child that its parent waits for at once is known on kernels that keep the status", async () => {
  const child = await strangersChild('no', [
    'sh',
    '-c',
    'trap "exit 7" USR1; echo ready; while :; do sleep 0.01; done',
  ]);
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGKILL');
  const { exitInfo } = pidfdSupport();
  expect(await exit).toEqual(
    exitInfo
      ? { signal: 'SIGKILL', core: false }
      : expect.toSatisfy((one: Exit) => 'unknown' in one || 'signal' in one),
  );
});

test('an instance that is gone already is reported at once', async () => {
  const child = await workshop.started(['true']);
  await workshop.exitOf(child);
  expect(await workshop.exitOf(child)).toEqual({ unknown: expect.stringContaining('before it could be watched') });
});

test("another process with the same pid is not taken for the instance, and its death is not reported as the instance's", async () => {
  const child = await workshop.started(['sleep', '1000']);
  const former = { ...child, startTime: child.startTime - 1 };
  const reports: Exit[] = [];
  await reported<void>((done) =>
    workshop.platform.ports.watcher.watch(former, (exit) => done(void reports.push(exit))),
  );
  expect(reports).toEqual([{ unknown: expect.any(String) }]);
  const exit = workshop.exitOf(child);
  process.kill(child.pid, 'SIGKILL');
  await exit;
  expect(reports).toHaveLength(1);
});

test('five hundred children that die at once are all reported, each once', async () => {
  const children: Instance[] = [];
  for (let index = 0; index < 500; index++)
    children.push(await workshop.started(['sleep', '1000'], { outputFile: '/dev/null' }));
  const counts = new Map<number, number>();
  const all = new Promise<void>((resolve) => {
    for (const child of children) {
      workshop.platform.ports.watcher.watch(child, (exit) => {
        expect(exit).toEqual({ signal: 'SIGKILL', core: false });
        counts.set(child.pid, (counts.get(child.pid) ?? 0) + 1);
        if (counts.size === children.length) resolve();
      });
    }
  });
  execFileSync('kill', ['-KILL', ...children.map(({ pid }) => String(pid))]);
  await all;
  expect([...counts.values()].every((count) => count === 1)).toBe(true);
  expect(workshop.problems).toEqual([]);
});

test('an unwatched instance is not reported, and our own child does not stay a zombie', async () => {
  const { watcher, table } = workshop.platform.ports;
  const child = await workshop.started(['sleep', '1000']);
  const other = await workshop.started(['sleep', '1000']);
  watcher.watch(child, () => expect.unreachable());
  watcher.unwatch(child);
  process.kill(child.pid, 'SIGKILL');
  const exit = workshop.exitOf(other);
  process.kill(other.pid, 'SIGKILL');
  await exit;
  await vi.waitFor(() => expect(table.isAlive(child)).toBe(false), 10_000);
  await vi.waitFor(() => expect(() => instanceAt(child.pid)).toThrow('no process'), 10_000);
});

test('out of descriptors, exits are still seen, late, and the operator is told once', () => {
  const fixture = program('watch-with-few-descriptors.ts');
  const output = execFileSync('prlimit', ['--nofile=64:64', process.execPath, fixture, '100'], { encoding: 'utf8' });
  const { reports, problems } = JSON.parse(output) as { reports: number; problems: string[] };
  expect(reports).toBe(100);
  expect(problems).toEqual([expect.stringContaining('no file descriptors left')]);
});
