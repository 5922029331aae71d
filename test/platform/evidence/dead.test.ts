// Evidence of processes that have died: their core is the kernel's own, wherever its pattern says.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RLIMIT_CORE, readLimit, setLimit } from '../../../native-bindings/linux/resource-limit.ts';
import { LaunchOffsets } from '../../../source/platform/launch-offsets.ts';
import { allowCore } from '../../../source/platform/linux/evidence/allow-core.ts';
import { instanceOf, readStat } from '../../../source/platform/linux/proc.ts';
import { PosixSpawner } from '../../../source/platform/linux/spawner.ts';
import type { LaunchResult } from '../../../source/ports/spawner.ts';
import {
  collect,
  compile,
  falls,
  freshFolder,
  incidentOf,
  openFolder,
  pathOf,
  run,
  taken,
  textOf,
  until,
  withPath,
} from './scene.ts';

const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
const isFile = pattern !== '' && !pattern.startsWith('|') && !pattern.startsWith('/');
const gcc = pathOf('gcc') === null ? ' (SKIPPED: gcc is not installed)' : '';
const skipped =
  gcc || (isFile ? '' : ` (SKIPPED: core_pattern is ${pattern}, not a file below the process's directory)`);
const sleeper = {
  ...{ launch: 'x', command: ['/bin/sleep', '100'], directory: null, environment: {}, user: null, group: null },
  ...{ umask: null, nice: null, outputFile: '/dev/null' },
};
const crash = { kind: 'down', exit: { signal: 'SIGSEGV', core: true } } as const;

/** Crashes with its limit raised, as the spawner does it; the shell waits until that is done. */
async function crashed(directory: string, outputFile: string) {
  const program = compile('falls', falls);
  const running = run(['/bin/sh', '-c', `kill -STOP $$; exec ${program}`], { cwd: directory, outputFile });
  await until(() => readStat(running.instance.pid)?.state === 'T');
  expect(allowCore(running.instance)).toBeNull();
  running.child.kill('SIGCONT');
  expect((await running.ended).signal).toBe('SIGSEGV');
  return running.instance;
}

describe.skipIf(skipped !== '')(`a crash with a core${skipped}`, () => {
  test.skipIf(pathOf('eu-stack') === null)('has its core, its stack, its last output, and is known again', async () => {
    const directory = freshFolder();
    const outputFile = join(directory, 'out.log');
    const folder = openFolder(freshFolder());
    const takeOne = async () => {
      const instance = await crashed(directory, outputFile);
      return taken(
        await collect(folder, { instance, reason: crash, kinds: ['core', 'stack'], outputFile, facts: { directory } }),
      );
    };
    const first = await takeOne();
    expect(first.missing).toEqual([]);
    expect(first.fingerprint).toMatch(/^[0-9a-f]{8} SIGSEGV in falls, works, main: about to fall at #, order #$/);
    expect(first.same).toBeNull();
    expect(textOf(first, 'stack.txt')).toMatch(/#0 .* falls\n#1 .* works\n/);
    expect(textOf(first, 'output.txt')).toBe('about to fall at 0x7ffd, order 4711\n');
    expect(statSync(join(first.folder, 'core')).mode & 0o777).toBe(0o600);
    expect(execFileSync('ls', [directory], { encoding: 'utf8' })).not.toContain('core');
    expect(first.folder).toMatch(/\/\d{8}T\d{6}\.\d{3}Z-shop-server-down-SIGSEGV$/);
    expect(incidentOf(first).costs.outageMs).toBe(0);
    const second = await takeOne();
    expect(second).toMatchObject({ number: 2, fingerprint: first.fingerprint, same: { number: 1, times: 2 } });
  });

  test.skipIf(pathOf('gdb') === null)('is explained by gdb where there is no eu-stack', async () => {
    const directory = freshFolder();
    const instance = await crashed(directory, '/dev/null');
    const result = taken(
      await withPath({ gdb: pathOf('gdb') as string }, () =>
        collect(openFolder(freshFolder()), { instance, reason: crash, kinds: ['core', 'stack'], facts: { directory } }),
      ),
    );
    expect(result.fingerprint).toContain('SIGSEGV in falls, works, main');
  });

  test('a core stays where it is when only the stack is wanted', async () => {
    const directory = freshFolder();
    const instance = await crashed(directory, '/dev/null');
    const result = taken(
      await collect(openFolder(freshFolder()), { instance, reason: crash, kinds: ['stack'], facts: { directory } }),
    );
    expect(existsSync(join(result.folder, 'core'))).toBe(false);
    expect(execFileSync('ls', [directory], { encoding: 'utf8' })).toContain('core');
  });

  test("another process's core of the same name is not taken", async () => {
    const directory = freshFolder();
    const instance = await crashed(directory, '/dev/null');
    const another = { ...instance, pid: instance.pid + 1 };
    const result = taken(
      await collect(openFolder(freshFolder()), {
        instance: another,
        reason: crash,
        kinds: ['core'],
        facts: { directory },
      }),
    );
    expect(result.missing).toContainEqual(
      expect.stringMatching(/^no core: the kernel's pattern is core, and below .* no core of pid \d+ was found$/),
    );
  });
});

describe.skipIf(skipped !== '')(`a crash whose core the kernel could not write${skipped}`, () => {
  const wroteNone = (signal: string) => ({ kind: 'down', exit: { signal, core: false } }) as const;
  const missingOf = async (signal: string) => {
    const directory = freshFolder();
    const running = run(['/bin/sleep', '100'], { cwd: directory, outputFile: '/dev/null' });
    running.child.kill(signal as NodeJS.Signals);
    await running.ended;
    const { instance } = running;
    const request = { instance, reason: wroteNone(signal), kinds: ['core'] as const, facts: { directory } };
    const { missing } = taken(await collect(openFolder(freshFolder()), request));
    return { directory, missing: missing.filter((line) => line.startsWith('no core')) };
  };

  test('says that there is none, where it was looked for, and what may be the reason', async () => {
    const { missing, directory } = await missingOf('SIGSEGV');
    expect(missing).toHaveLength(1);
    expect(missing[0]).toContain(`below ${directory} no core of pid`);
    expect(missing[0]).toMatch(/the kernel says that it wrote none: .*RLIMIT_CORE.*may not write to that folder/);
  });

  test('is no crash when somebody killed it', async () => {
    expect((await missingOf('SIGKILL')).missing).toEqual([]);
  });
});

test('a death by exit status has its output and needs no core', async () => {
  const outputFile = join(freshFolder(), 'out.log');
  const running = run(['/bin/sh', '-c', 'echo cannot reach 10.1.2.3:5432; exit 3'], { outputFile });
  await running.ended;
  const result = taken(
    await collect(openFolder(freshFolder()), {
      instance: running.instance,
      reason: { kind: 'down', exit: { code: 3 } },
      kinds: ['stack', 'core'],
      outputFile,
      secrets: ['shop-id'],
      facts: {
        command: ['serve', '--shop-id', 'abc123xyz', '-Dtoken=qwertz55'],
        environment: { API_KEY: 'abc', NAME: 'uses abc123xyz' },
        restarts: ['went to http://user:geheim9@host/?token=zzz&a=b'],
      },
    }),
  );
  expect(result.missing).toEqual([]);
  expect(result.fingerprint).toMatch(/ exit 3: cannot reach #$/);
  expect(incidentOf(result)).toMatchObject({
    command: ['serve', '--shop-id', '***', '-Dtoken=***'],
    environment: { API_KEY: '***', NAME: 'uses ***' },
    facts: { restarts: ['went to http://user:***@host/?token=***&a=b'] },
  });
});

test('a child whose crash is to leave a core is started with its limit raised, another one is not', async () => {
  const spawner = new PosixSpawner(new LaunchOffsets());
  const softLimit = async (allowsCore: boolean) => {
    const result = await new Promise<LaunchResult>((report) => spawner.launch({ ...sleeper, allowsCore }, report));
    if (!result.ok) throw new Error(result.problem);
    try {
      const limit = readLimit(result.instance.pid, RLIMIT_CORE);
      return typeof limit === 'number' ? null : limit.soft;
    } finally {
      process.kill(result.instance.pid, 'SIGKILL');
    }
  };
  const own = instanceOf(readStat(process.pid) as NonNullable<ReturnType<typeof readStat>>);
  const before = readLimit(own.pid, RLIMIT_CORE);
  if (typeof before === 'number') throw new Error(`prlimit: ${before}`);
  setLimit(own.pid, RLIMIT_CORE, { ...before, soft: 0n });
  try {
    expect(await softLimit(false)).toBe(0n);
    expect(await softLimit(true)).toBeGreaterThan(0n);
  } finally {
    setLimit(own.pid, RLIMIT_CORE, before);
  }
});

test('the limit of who has ended is not raised, and of another process with its pid neither', () => {
  const own = instanceOf(readStat(process.pid) as NonNullable<ReturnType<typeof readStat>>);
  expect(allowCore({ ...own, startTime: own.startTime - 1 })).toBe(`Process ${own.pid} has ended already.`);
});
