// What an operator finds in the morning of a program that crashed in the night.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { lack, missing } from '../platform/linux/measured.ts';
import { compiled, Incident, incidentsOf, incidentTaken } from './incidents.ts';
import { placeOfTest } from './place-of-test.ts';
import { run } from './program.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const name = 'shop/worker';
const secret = 'correct-horse-battery';

const profile = (place: Workplace, more: string) => `groups:
  shop:
    processes:
      worker:
        command: [${compiled(place, 'hangs.c')}, crash]
        directory: ${place.folder('work')}
        environment: { SHOP_PASSWORD: ${secret}, SHOP_NAME: Tanaka }
        ready: { notify: true }
        restart: { limit: 100, backoff: { initial: 0s, max: 1s } }
${more}
`;

async function watchWorker(place: Workplace, more: string): Promise<number> {
  await watch(place, profile(place, more));
  const [pid = 0] = await place.running([name]);
  return pid;
}

/** Makes it crash, and awaits its successor. */
async function crash(place: Workplace, pid: number): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const [next = 0] = await until('its successor', async () => {
    const pids = await place.running([name]);
    return pids[0] !== pid && pids;
  });
  return next;
}

const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
const noCores = pattern.startsWith('|') ? `the kernel gives its cores to a program: ${pattern}` : lack.program('gdb');

test.skipIf(missing('a core of a dead process', noCores))(
  'a crash with a core: how it ended, core, stack, the samples before, the last output, and what a vendor may be sent',
  async () => {
    const place = placeOfTest();
    const pid = await watchWorker(
      place,
      '        dump: [stack, core]\n        rules: [{ metric: memory, above: 8G, for: 1s }]',
    );
    // The flight recorder takes what the rule has sampled.
    await until('a few seconds of samples', async () => {
      const { instances } = await place.process(name);
      return Date.now() - Date.parse(instances[0]?.startedAt ?? '') > 3_500;
    });
    await crash(place, pid);
    const down = await place.noticed('process.down', { name });
    expect(down).toMatchObject({ instance: { pid }, reason: expect.stringContaining('SIGSEGV') });
    const incident = await incidentTaken(place, name);
    const { file, folder } = incident;
    expect(file).toMatchObject({
      process: name,
      reason: { kind: 'down', exit: { signal: 'SIGSEGV', core: true } },
      lives: false,
      instance: { pid },
      missing: [],
      costs: { outageMs: 0 },
    });
    expect(file.command).toEqual([place.path('hangs'), 'crash']);
    expect(incident.text('stack.txt')).toContain('crash_on_purpose');
    expect(incident.text('output.txt').trimEnd().split('\n').slice(-2)).toEqual(['working', 'about to fall']);
    const samples = incident.lines('samples.jsonl');
    expect(samples.length).toBeGreaterThanOrEqual(2);
    expect(samples.length).toBeLessThan(10);

    // The core is one, and no more than the owner may read it or anything else.
    const { stdout } = await run(
      ['gdb', '-nx', '-batch', '-ex', 'bt', place.path('hangs'), join(folder, 'core')],
      place,
    );
    expect(stdout).toContain('crash_on_purpose');
    expect(readdirSync(place.path('work'))).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const entry of readdirSync(folder)) {
      expect(statSync(join(folder, entry)).mode & 0o777, entry).toBe(0o600);
      if (entry !== 'core') expect(incident.text(entry), entry).not.toContain(secret);
    }
    expect(file.environment).toMatchObject({ SHOP_PASSWORD: '***', SHOP_NAME: 'Tanaka' });

    const shown = await place.done('evidence', 'show', String(file.number));
    expect(shown).toContain(name);
    expect(shown).toContain('SIGSEGV');
    expect(await place.done('evidence', 'show', '1', 'output.txt')).toBe(incident.text('output.txt'));
    await place.done('evidence', 'export', '1', '--to', place.path('for-the-vendor.tar.gz'));
    const packed = await run(['tar', '-tzf', place.path('for-the-vendor.tar.gz')], place);
    for (const entry of ['incident.json', 'stack.txt', 'core', 'samples.jsonl'])
      expect(packed.stdout).toContain(`/${entry}\n`);
  },
);

test('crashes of one kind are the same, of another kind another, and no more are kept than `keep` says', async () => {
  const place = placeOfTest();
  let pid = await watchWorker(place, '        keep: 2');
  for (const times of [1, 2, 3]) {
    const next = await crash(place, pid);
    const incident = await incidentTaken(place, name, { times });
    expect(incident.file.number).toBe(times);
    const since = place.notices(name).find(({ id }) => id === 'dump.taken');
    if (times > 1) {
      expect(incident.file.same).toMatchObject({ number: 1, times });
      const { text } = await place.noticed('dump.taken', { name, times });
      expect(text).toContain(`the same as #1 (${times} times since ${incident.file.at.slice(0, 8)}`);
      expect(since?.parameters['sameAs']).toBeUndefined();
    } else expect(incident.file.same).toBeNull();
    pid = next;
  }
  process.kill(pid, 'SIGKILL');
  const other = await incidentTaken(place, name, { times: 4 });
  expect(other.file).toMatchObject({ number: 4, same: null, reason: { kind: 'down', exit: { signal: 'SIGKILL' } } });

  const kept = await until('two folders', async () => {
    const folders = (await incidentsOf(place, name)).filter(({ folder }) => folder !== null);
    return folders.length === 2 && folders;
  });
  expect(kept.map(({ number }) => number)).toEqual([3, 4]);
  const all = await incidentsOf(place, name);
  expect(all.map(({ number, same }) => [number, same?.number ?? null])).toEqual([
    [1, null],
    [2, 1],
    [3, 1],
    [4, null],
  ]);
  expect((await place.command('evidence', 'show', '1')).stderr).toContain('was removed');
});

test('an incident of real life is replayed by the simulator, and ends in the same state', async () => {
  const place = placeOfTest();
  const pid = await watchWorker(place, '        stall: { heartbeat: 1500ms }');
  // Some history before it: a pause, a change, and somebody who stands still.
  await place.done('pause', name, '--why', 'for the record');
  await place.done('resume', name);
  await place.done('set', name, 'restart.limit=7');
  process.kill(pid, 'SIGSTOP');
  const { folder } = await incidentTaken(place, name);
  const replay = (of: string) =>
    run([process.execPath, join(project, 'test/simulation/run.ts'), '--replay', of], {
      directory: project,
      environment: place.environment,
    });
  const { status, stdout, stderr } = await replay(folder);
  expect(`${stdout}${stderr}`).toMatch(/the state at the end is the same\n/);
  expect(status).toBe(0);
  // It would not say so of every history.
  const lines = new Incident(folder).text('notices.jsonl').split('\n');
  const spoilt = place.folder('spoilt');
  const without = lines.filter((line) => !line.includes('"type":"requested"'));
  expect(without.length).toBeLessThan(lines.length);
  place.write('spoilt/notices.jsonl', without.join('\n'));
  place.write('spoilt/incident.json', new Incident(folder).text('incident.json'));
  expect((await replay(spoilt)).status).not.toBe(0);
});
