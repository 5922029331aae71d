// Each exit status of the program once, by the shortest way to it.
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { program, run } from './program.ts';
import { launch, watch } from './tested-engine.ts';

const isRoot = process.getuid?.() === 0;

const sleeper = `groups:
  demo:
    processes:
      sleeper:
        command: [sleep, "86400"]
`;

test('0: what was asked for is done', async () => {
  const place = placeOfTest();
  await watch(place, sleeper);
  await place.running(['demo/sleeper']);
  expect(await place.command('status')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('sleeper'),
    stderr: '',
  });
});

test('1: it was asked for rightly and refused, with the reason', async () => {
  const place = placeOfTest();
  await watch(place, sleeper);
  expect(await place.command('resume', 'demo')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'procsaver: demo is not paused\n',
  });
});

test('a signal that means nothing neither ends the daemon nor opens a debugger to everybody', async () => {
  const place = placeOfTest();
  const engine = await watch(place, sleeper);
  for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGPIPE'] as const) process.kill(engine.pid, signal);
  for (let times = 0; times < 3; times++)
    expect((await place.command('status', '--json')).stdout).toContain(`"pid":${engine.pid},`);
  expect(engine.stderr).not.toContain('Debugger');
});

test('1: a second engine for the same instance is refused and names the first one by its pid', async () => {
  const place = placeOfTest();
  const first = await watch(place, sleeper);
  const [pid] = await place.running(['demo/sleeper']);
  const second = await place.command('--daemon', 'profile.yaml');
  expect(second).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(`pid ${first.pid}`) });
  expect(await place.pids('demo/sleeper')).toEqual([pid]);
  expect((await place.status()).engine.pid).toBe(first.pid);
});

test('2: words that make no sense', async () => {
  const place = placeOfTest();
  for (const words of [
    ['pasue', 'demo'],
    ['pause'],
    ['status', '--no-such-flag'],
    ['pause', 'demo', '--for', 'long'],
  ]) {
    const { status, stdout, stderr } = await place.command(...words);
    expect({ words, status, stdout }).toEqual({ words, status: 2, stdout: '' });
    expect(stderr).toMatch(/^procsaver: ./);
  }
});

test('3: `status` says that something which should run does not', async () => {
  const place = placeOfTest();
  await watch(place, sleeper.replace('[sleep, "86400"]', '[false]').concat('        restart: { limit: 0 }\n'));
  await place.noticed('process.gave-up');
  expect(await place.command('status')).toMatchObject({ status: 3, stdout: expect.stringContaining('fatal') });
});

test('3: the daemon ends after a process was given up under `escalation: exit`', async () => {
  const place = placeOfTest();
  const lines = ['groups:', '  demo:', '    escalation: exit', '    processes:'];
  const profile = [...lines, '      broken: { command: [false], restart: { limit: 0 } }', ''].join('\n');
  const { status } = await launch([program, '--daemon', place.write('exit.yaml', profile)], place).ended;
  expect(status).toBe(3);
});

test('4: a bad profile', async () => {
  const place = placeOfTest();
  const file = place.write('bad.yaml', sleeper.replace('command', 'comand'));
  expect(await place.command('check', file)).toMatchObject({
    status: 4,
    stdout: expect.stringContaining('bad.yaml:5:9 '),
  });
  expect(await place.command('--daemon', file)).toMatchObject({ status: 4, stderr: expect.stringContaining(':5:9 ') });
});

test('5: no engine is running', async () => {
  const place = placeOfTest();
  for (const words of [['status'], ['pause', 'demo'], ['reload'], ['events', '--follow']]) {
    expect(await place.command(...words)).toMatchObject({
      status: 5,
      stdout: '',
      stderr: expect.stringMatching(/^procsaver: ./),
    });
  }
});

test.runIf(isRoot)('6: the engine is another user’s, whose socket is for himself alone', async () => {
  const place = placeOfTest();
  await watch(place, sleeper);
  const [pid] = await place.running(['demo/sleeper']);
  expect(statSync(place.controlSocket).mode & 0o777).toBe(0o600);
  for (const words of [['status'], ['stop', 'demo']]) {
    const asNobody = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', program, ...words];
    const refused = await run(asNobody, place);
    expect(refused).toMatchObject({ status: 6, stdout: '', stderr: expect.stringMatching(/^procsaver: ./) });
  }
  expect(await place.pids('demo/sleeper')).toEqual([pid]);
});

test.runIf(isRoot)('4: what root would obey but others may write is refused, with the reason', async () => {
  const place = placeOfTest();
  const everybodys = place.write('everybodys.yaml', sleeper);
  expect(await run(['chmod', '666', everybodys], place)).toMatchObject({ status: 0 });
  const refused = await place.command('--daemon', everybodys);
  expect(refused).toMatchObject({
    status: 4,
    stderr: expect.stringContaining(`${everybodys} may be written by everybody`),
  });

  const nobodys = place.write('nobodys.yaml', sleeper);
  expect(await run(['chown', 'nobody', nobodys], place)).toMatchObject({ status: 0 });
  expect(await place.command('check', nobodys)).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/belongs to user \d+/),
  });
});

test.runIf(isRoot)(
  '4: a restart script that root would run but others may write is refused, with the reason',
  async () => {
    const place = placeOfTest();
    const script = place.write('start.sh', 'exit 0\n', 0o755);
    const entry = (run: string) =>
      place.write(
        'old.yaml',
        `groups: { old: { processes: { daemon: { match: { executable: none }, restart: { run: ${run} } } } } }\n`,
      );
    expect(await place.command('check', entry(`[${script}]`))).toMatchObject({ status: 0 });
    expect(await run(['chmod', '666', script], place)).toMatchObject({ status: 0 });
    for (const command of [`[${script}]`, `[sh, ${script}, ${place.directory}]`]) {
      const { status, stdout } = await place.command('check', entry(command));
      expect({ command, status }).toEqual({ command, status: 4 });
      expect(stdout).toContain(`${script} may be written by everybody`);
      expect(stdout).toContain('groups.old.processes.daemon.restart.run');
    }
  },
);
