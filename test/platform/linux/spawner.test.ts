import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LaunchRequest } from '../../../source/ports/spawner.ts';
import { fileWith, instanceAt, openWorkshop, program, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

interface Description {
  descriptors: Record<string, string>;
  environment: Record<string, string>;
  directory: string;
  umask: number;
  users: number[];
  groups: number[];
  leadsSession: boolean;
}

const described = async (changes: Partial<LaunchRequest> = {}): Promise<Description> =>
  JSON.parse(await workshop.outputOf([program('describe-itself.py')], changes)) as Description;

test('a child has its output in its file and inherits nothing else of the engine', async () => {
  const outputFile = workshop.file('output.log');
  const child = await described({ outputFile });
  expect(child.descriptors).toEqual({ 0: '/dev/null', 1: outputFile, 2: outputFile });
  expect(child.directory).toBe(workshop.folder);
  expect(child.leadsSession).toBe(true);
  const umask = process.umask();
  expect(child.umask).toBe(umask);
});

test('a child has exactly the environment it was given, and the mark of its launch', async () => {
  const environment = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', GREETING: 'こんにちは = a\nb' };
  const child = await described({ launch: 'this-one', environment });
  expect(child.environment).toEqual({ ...environment, PROCSAVER_LAUNCH: 'this-one' });
});

test('a child has the mask and the priority that it is to have, and the engine keeps its own', async () => {
  const own = process.umask();
  const child = await described({ umask: 0o027 });
  expect(child.umask).toBe(0o027);
  expect(process.umask()).toBe(own);
  const stat = await workshop.outputOf(['sh', '-c', 'sleep 0.2; nice'], { nice: 7 });
  expect(stat.trim()).toBe('7');
});

test('no signal is ignored or blocked in a child, although Node ignores SIGPIPE', async () => {
  const status = await workshop.outputOf(['cat', '/proc/self/status']);
  expect(status).toContain('SigIgn:\t0000000000000000\n');
  expect(status).toContain('SigBlk:\t0000000000000000\n');
});

test('the output file is made for its owner alone, and appended to', async () => {
  const outputFile = workshop.file('made/for/it/output.log');
  await workshop.outputOf(['echo', 'one'], { outputFile });
  expect(await workshop.outputOf(['sh', '-c', 'echo two >&2'], { outputFile })).toBe('one\ntwo\n');
  expect(statSync(outputFile).mode & 0o777).toBe(0o600);
  expect(statSync(workshop.file('made')).mode & 0o777).toBe(0o700);
});

test('a program is found in the PATH and directory of the child, not of the engine', async () => {
  mkdirSync(workshop.file('bin'));
  writeFileSync(workshop.file('bin/greet'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
  expect(await workshop.outputOf(['greet'], { environment: { PATH: workshop.file('bin') } })).toBe('hello\n');
  expect(await workshop.outputOf(['bin/greet'])).toBe('hello\n');
});

const executable = (name: string, text: string): string => {
  writeFileSync(workshop.file(name), text, { mode: 0o755 });
  return workshop.file(name);
};

test.each<[string, () => readonly string[], () => Partial<LaunchRequest>, RegExp]>([
  [
    'a program that is nowhere',
    () => ['no-such-program'],
    () => ({}),
    /no-such-program was not found in PATH \(.*Install it/,
  ],
  ['a path that is nowhere', () => ['/no/such/program'], () => ({}), /\/no\/such\/program does not exist/],
  ['a file that is no program', () => ['/etc/passwd'], () => ({}), /\/etc\/passwd is not executable.*chmod/],
  ['a directory', () => ['/etc'], () => ({}), /\/etc is a directory/],
  ['an empty command', () => [], () => ({}), /command is empty/],
  ['a script without #!', () => [executable('bare', 'echo')], () => ({}), /bare could not be started.*ENOEXEC.*#!/],
  [
    'a script without its interpreter',
    () => [executable('lost', '#!/no/such/shell\n')],
    () => ({}),
    /ENOENT.*interpreter/,
  ],
  [
    'a directory that is missing',
    () => ['true'],
    () => ({ directory: '/no/such/place' }),
    /The directory \/no\/such\/place does not exist/,
  ],
  ['a file as directory', () => ['true'], () => ({ directory: '/etc/passwd' }), /\/etc\/passwd is not a directory/],
  ['an output that is a folder', () => ['true'], () => ({ outputFile: '/etc' }), /output file \/etc cannot be written/],
  ['an unknown user', () => ['true'], () => ({ user: 'nobody-of-that-name' }), /user nobody-of-that-name is not known/],
  ['an unknown group', () => ['true'], () => ({ group: 'no-such-group' }), /group no-such-group is not known/],
  ['a zero byte', () => ['true', 'a\0b'], () => ({}), /zero byte/],
])('%s is refused with the reason', async (_, command, changes, says) => {
  expect(await workshop.start(command(), changes())).toEqual({ ok: false, problem: expect.stringMatching(says) });
});

test.skipIf(process.geteuid?.() !== 0)(
  "root starts a child as another user, with that user's groups and none of its own",
  async () => {
    chmodSync(workshop.folder, 0o755);
    const child = await described({ user: 'nobody' });
    expect(child.users).toEqual([65534, 65534]);
    expect(child.groups.every((group) => group === 65534)).toBe(true);
    const other = await described({ user: 'nobody', group: 'daemon' });
    expect(other.groups.slice(0, 2)).toEqual([1, 1]);
  },
);

test.skipIf(process.geteuid?.() !== 0)(
  'who runs as another user has the home and name of that user, unless the profile says otherwise',
  async () => {
    chmodSync(workshop.folder, 0o755);
    const child = await described({ user: 'nobody', environment: { PATH: '/usr/bin:/bin', HOME: '/srv' } });
    expect(child.environment).toMatchObject({
      HOME: '/srv',
      USER: 'nobody',
      LOGNAME: 'nobody',
      SHELL: '/usr/sbin/nologin',
    });
  },
);

test.skipIf(process.geteuid?.() !== 0)(
  'a program that setpriv cannot execute is told of, in its own words',
  async () => {
    chmodSync(workshop.folder, 0o755);
    const result = await workshop.start([executable('lost', '#!/no/such/shell\n')], { user: 'nobody' });
    expect(result).toEqual({
      ok: false,
      problem: expect.stringMatching(/as another user: setpriv: failed to execute .*lost: No such file or directory/),
    });
  },
);

test('a launched child is the instance that was reported', async () => {
  const child = await workshop.started(['sleep', '1000']);
  expect(instanceAt(child.pid).startTime).toBe(child.startTime);
  expect(Math.abs(child.startedAtMs - Date.now())).toBeLessThan(2_000);
});

test('the output file gets output when the engine is dead', async () => {
  const outputFile = workshop.file('output.log');
  const engine = spawn(process.execPath, [program('engine-that-dies.ts'), workshop.folder, outputFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    engine.stdout.once('data', (data: Buffer) => resolve(Number(data))),
  );
  const dead = new Promise((resolve) => engine.once('exit', (_, signal) => resolve(signal)));
  engine.kill('SIGKILL');
  expect(await dead).toBe('SIGKILL');
  const child = instanceAt(pid);
  const linesSoFar = readFileSync(outputFile, 'utf8').split('\n').length;
  await fileWith(outputFile, (text) => text.split('\n').length > linesSoFar + 2);
  workshop.platform.ports.terminator.killTree(child, { tree: true, launch: 'outlives' }, () => {});
  expect(await workshop.exitOf(child)).not.toHaveProperty('code');
});
