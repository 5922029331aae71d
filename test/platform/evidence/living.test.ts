// Evidence of processes that live and hang. The tools are real: eu-stack of elfutils, gdb and gcore of gdb.
import { existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readThroughMemory } from '../../../source/platform/linux/evidence/proc-text.ts';
import { readStat } from '../../../source/platform/linux/proc.ts';
import {
  collect,
  compile,
  deadlock,
  freshFolder,
  incidentOf,
  openFolder,
  pathOf,
  type Running,
  run,
  spins,
  taken,
  textOf,
  until,
  withPath,
} from './scene.ts';

const tools = { euStack: pathOf('eu-stack'), gdb: pathOf('gdb'), gcore: pathOf('gcore') };
const hasGcc = pathOf('gcc') !== null;
const whyNot = (name: string, path: string | null) => (path === null ? ` (SKIPPED: ${name} is not installed)` : '');

const threadsIn = (pid: number): number =>
  Number(/^Threads:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
const stateOf = (running: Running): string | undefined => readStat(running.instance.pid)?.state;
const stalled = { lives: true, reason: { kind: 'stall', rule: 'output' }, text: 'wrote nothing for 30 s' } as const;

async function hanging(): Promise<Running> {
  const running = run([compile('deadlock', deadlock)]);
  await until(() => threadsIn(running.instance.pid) === 3);
  return running;
}

describe.skipIf(!hasGcc)(`a deadlock of two threads${hasGcc ? '' : ' (SKIPPED: gcc is not installed)'}`, () => {
  test.skipIf(tools.euStack === null)(`is named by eu-stack${whyNot('eu-stack', tools.euStack)}`, async () => {
    const running = await hanging();
    const stages: string[] = [];
    const result = taken(
      await collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack'] }, (name) =>
        stages.push(name),
      ),
    );
    const stack = textOf(result, 'stack.txt');
    for (const name of ['takes_first_then_second', 'takes_second_then_first', 'futex']) expect(stack).toContain(name);
    expect(stack.match(/in futex\(/g)).toHaveLength(3);
    expect(stages).toEqual(expect.arrayContaining(['threads', 'stack']));
    expect(result.missing.filter((line) => line.includes('stack'))).toEqual([]);
    expect(stateOf(running)).toBe('S');
  });

  test.skipIf(tools.gdb === null)(`is named by gdb where there is no eu-stack${whyNot('gdb', tools.gdb)}`, async () => {
    const running = await hanging();
    const result = taken(
      await withPath({ gdb: tools.gdb as string }, () =>
        collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack'] }),
      ),
    );
    for (const name of ['takes_first_then_second', 'takes_second_then_first'])
      expect(textOf(result, 'stack.txt')).toContain(name);
    expect(stateOf(running)).toBe('S');
  });

  test('without any tool keeps what /proc says, and says what is missing', async () => {
    const running = await hanging();
    const result = taken(
      await withPath({}, () =>
        collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack', 'core'] }),
      ),
    );
    expect(result.missing).toEqual(
      expect.arrayContaining([
        'no user stack: neither eu-stack nor gdb is installed (Debian: elfutils, gdb)',
        'no core: gcore is not installed (Debian: gdb)',
      ]),
    );
    expect(textOf(result, 'stack.txt')).toContain('in futex(');
    expect(existsSync(join(result.folder, 'core'))).toBe(false);
  });

  test.skipIf(tools.gcore === null)(`leaves a core that a debugger reads${whyNot('gcore', tools.gcore)}`, async () => {
    const running = await hanging();
    const result = taken(
      await collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['core'] }),
    );
    expect(result.missing).toEqual([expect.stringContaining('no output')]);
    expect(readFileSync(join(result.folder, 'core')).toString('latin1', 0, 4)).toBe('\x7fELF');
    expect(statSync(join(result.folder, 'core')).mode & 0o777).toBe(0o600);
    expect(stateOf(running)).toBe('S');
  });
});

test.skipIf(!hasGcc || tools.euStack === null)(
  `an endless loop is blamed on its function${whyNot('eu-stack', tools.euStack)}`,
  async () => {
    const running = run([compile('spins', spins)]);
    const result = taken(
      await collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack'] }),
    );
    expect(result.fingerprint).toContain('stall output in never_ends, main');
    expect(stateOf(running)).toBe('R');
  },
);

test('a stack tool that hangs is killed with its children at the limit, and the process runs on', async () => {
  const running = run(['sleep', '100']);
  const told = join(freshFolder(), 'pids');
  const hangs = `#!/bin/sh\n/bin/sleep 1000 & echo $$ $! >${told}; kill -STOP ${running.instance.pid}; wait\n`;
  const begun = performance.now();
  const result = taken(
    await withPath({ 'eu-stack': hangs }, () =>
      collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack'], withinMs: 700 }),
    ),
  );
  expect(performance.now() - begun).toBeLessThan(1_700);
  expect(result.missing).toEqual(
    expect.arrayContaining([expect.stringMatching(/^no user stack: eu-stack was not done within \d+ ms$/)]),
  );
  const pids = readFileSync(told, 'utf8').trim().split(' ').map(Number);
  expect(pids).toHaveLength(2);
  await until(() => pids.every((pid) => [null, 'Z'].includes(readStat(pid)?.state ?? null)));
  expect(stateOf(running)).toBe('S');
});

test.skipIf(tools.euStack === null)(
  `a stopped process is looked at and stays stopped${whyNot('eu-stack', tools.euStack)}`,
  async () => {
    const running = run(['sleep', '100']);
    running.child.kill('SIGSTOP');
    await until(() => stateOf(running) === 'T');
    const result = taken(
      await collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, kinds: ['stack'] }),
    );
    expect(textOf(result, 'stack.txt')).toContain('T (stopped)');
    expect(stateOf(running)).toBe('T');
  },
);

test('who has ended meanwhile is said to have ended, and another process with its pid is left alone', async () => {
  const running = run(['sleep', '100']);
  const instance = { ...running.instance, startTime: running.instance.startTime - 1 };
  const result = taken(await collect(openFolder(freshFolder()), { ...stalled, instance, kinds: ['stack'] }));
  expect(result.missing).toEqual(
    expect.arrayContaining(['no threads: it has ended meanwhile', 'no stack: it has ended meanwhile']),
  );
  expect(existsSync(join(result.folder, 'status.txt'))).toBe(false);
});

test('the whole picture of a living process: command, environment, files, sockets, limits, cgroup, machine, cost', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resume) => server.once('listening', resume));
  const { port } = server.address() as { port: number };
  const outputFile = join(freshFolder(), 'out.log');
  const source = `import socket,time,sys\ns=socket.create_connection(("127.0.0.1",${port}))\nprint("connected to db with hunter2-hunter2",flush=True)\ntime.sleep(100)`;
  const running = run(['/usr/bin/python3', '-c', source, '--password', 'swordfish99'], {
    outputFile,
    environment: { DB_PASSWORD: 'hunter2-hunter2', DATABASE: 'postgres://shop:tiger77@db/shop', COLOUR: 'blue' },
  });
  await until(() => readFileSync(outputFile, 'utf8').includes('connected'));
  const result = taken(
    await collect(openFolder(freshFolder()), { ...stalled, instance: running.instance, outputFile }),
  );
  const incident = incidentOf(result);
  expect(incident).toMatchObject({
    number: 1,
    process: 'shop/server',
    reason: stalled.reason,
    lives: true,
    environment: { DB_PASSWORD: '***', DATABASE: 'postgres://shop:***@db/shop', COLOUR: 'blue' },
    executable: expect.stringContaining('python3'),
    directory: process.cwd(),
    instance: { pid: running.instance.pid },
  });
  expect(incident.command?.slice(-2)).toEqual(['--password', '***']);
  expect(incident.costs.outageMs).toBeGreaterThan(0);
  expect(Object.keys(incident.costs.parts)).toEqual(
    expect.arrayContaining(['threads', 'process', 'open files', 'machine']),
  );
  expect(textOf(result, 'output.txt')).toBe('connected to db with ***\n');
  expect(textOf(result, 'open-files.txt')).toMatch(
    new RegExp(`socket:\\[\\d+\\] tcp ESTABLISHED 127\\.0\\.0\\.1:\\d+ -> 127\\.0\\.0\\.1:${port}`),
  );
  expect(textOf(result, 'limits.txt')).toContain('Max core file size');
  expect(textOf(result, 'cgroup.txt')).toContain('== cgroup');
  expect(textOf(result, 'status.txt')).toContain('VmRSS');
  for (const part of ['loadavg', 'meminfo', 'disks', 'inodes free'])
    expect(textOf(result, 'machine.txt')).toContain(part);
  expect(textOf(result, 'samples.jsonl')).toBe('{"cpu":1}\n{"cpu":2}\n');
  expect(textOf(result, 'notices.jsonl')).toBe('{"state":{}}\n{"end":"x"}\n');
  for (const file of ['incident.json', 'output.txt', 'stack.txt'])
    expect(statSync(join(result.folder, file)).mode & 0o777).toBe(0o600);
  expect(statSync(result.folder).mode & 0o777).toBe(0o700);
});

test('the memory of a process that hangs in the kernel is read by another program, which is given up at its time', async () => {
  const { instance } = run(['sleep', '100']);
  const read = (limitMs: number) => readThroughMemory(`/proc/${instance.pid}/cmdline`, true, limitMs);
  expect(await read(5_000)).toBe('sleep\u0000100\u0000');
  expect(await withPath({ cat: '#!/bin/sh\nexec /bin/sleep 100\n' }, () => read(50))).toBeNull();
});

test('only the end of the output as of the failure is taken, also where it was rotated since', async () => {
  const outputFile = join(freshFolder(), 'out.log');
  const lines = Array.from({ length: 500 }, (_, number) => `line ${number}\n`).join('');
  writeFileSync(outputFile, lines);
  const folder = openFolder(freshFolder());
  const first = collect(folder, { outputFile });
  writeFileSync(outputFile, 'its successor begins\n', { flag: 'a' });
  const result = taken(await first);
  expect(textOf(result, 'output.txt').split('\n')).toHaveLength(201);
  expect(textOf(result, 'output.txt').endsWith('line 499\n')).toBe(true);
  const second = collect(folder, { outputFile });
  // Rotation: a copy, and the file emptied.
  writeFileSync(`${outputFile}.1`, readFileSync(outputFile));
  openSync(outputFile, 'w');
  expect(textOf(taken(await second), 'output.txt').endsWith('its successor begins\n')).toBe(true);
});
