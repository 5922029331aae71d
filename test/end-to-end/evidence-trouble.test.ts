// Whatever stands in the way of evidence costs evidence, never monitoring, and is said clearly.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missing } from '../platform/linux/measured.ts';
import { mayMount } from '../platform/small-disk.ts';
import { compiled, incidentsOf, incidentTaken } from './incidents.ts';
import { killLiving, livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine, watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const name = 'shop/worker';
const graceMs = 1_000;
/** What this machine may take on top when its two cores are busy with other things. */
const allowanceMs = 3_000;

const profile = (place: Workplace, more: string, top = '') => `groups:
  shop:
    processes:
      worker:
        command: [${compiled(place, 'hangs.c')}, deadlock]
        ready: { notify: true }
        stop: { grace: 1s }
        restart: { limit: 100, backoff: { initial: 0s, max: 1s } }
${more}
${top}`;

/** Another than `pid`, running and ready. */
async function successor(place: Workplace, pid: number): Promise<number> {
  const [next = 0] = await until('its successor', async () => {
    const pids = await place.running([name]);
    return pids[0] !== pid && pids;
  });
  return next;
}

function killed(pid: number): void {
  const victim = livingAt(pid);
  if (victim !== null) killLiving(victim);
}

/** A file system of its own where the engine keeps its evidence, as a site may have it. */
function mountEvidence(place: Workplace, options: string): string {
  const folder = join(place.home, 'default/evidence');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `mode=0700,${options}`, 'procsaver-test', folder]);
  place.afterwards(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

const noMounts = missing('evidence on a full or read-only disk', mayMount ? null : 'mounting is root’s');

test.skipIf(noMounts)(
  'a full disk: said, the process comes back all the same, and with room there is evidence again',
  async () => {
    const place = placeOfTest();
    const folder = mountEvidence(place, 'size=512k');
    await watch(place, profile(place, ''));
    const [pid = 0] = await place.running([name]);
    const { bavail, bsize } = statfsSync(folder);
    const filler = join(folder, 'filler');
    writeFileSync(filler, Buffer.alloc(bavail * bsize));

    killed(pid);
    const second = await successor(place, pid);
    const failed = await place.noticed('dump.failed', { name });
    expect(failed).toMatchObject({ severity: 'error' });
    expect(failed.text).toMatch(/disk of .*evidence is full\. Make room; monitoring goes on\./);
    expect(await place.process(name)).toMatchObject({ state: 'running', restarts: { count: 1 } });

    execFileSync('rm', [filler]);
    killed(second);
    await successor(place, second);
    const { file } = await incidentTaken(place, name);
    expect(file.instance?.pid).toBe(second);
    // Nothing half done stays behind.
    expect(readdirSync(folder).filter((entry) => entry.startsWith('.'))).toEqual([]);
  },
);

test.skipIf(noMounts)('a read-only evidence folder: said, and a hang is cured without evidence', async () => {
  const place = placeOfTest();
  const folder = mountEvidence(place, 'size=512k');
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  await watch(place, profile(place, '        stall: { heartbeat: 1s }'));
  const [pid = 0] = await place.running([name]);
  process.kill(pid, 'SIGUSR1');
  await successor(place, pid);
  const failed = await place.noticed('dump.failed', { name });
  expect(failed.text).toMatch(
    /evidence cannot be written: .*read-only.* Correct the rights or the disk; monitoring goes on\./i,
  );
  expect(await place.done('evidence', 'list', '--json')).toBe('[]\n');
});

test('without eu-stack and gdb the kernel still says what its threads do, and the notice says what to install', async () => {
  const place = placeOfTest();
  // A PATH with nothing on it.
  await startEngine(
    place,
    place.write('profile.yaml', profile(place, '        stall: { heartbeat: 1s }\n        dump: [stack, core]')),
    {
      PATH: place.folder('empty'),
    },
  );
  const [pid = 0] = await place.running([name]);
  process.kill(pid, 'SIGUSR1');
  await successor(place, pid);
  const incident = await incidentTaken(place, name);
  expect(incident.text('stack.txt')).toMatch(/^2 threads of process \d+[\s\S]*in futex\(/);
  const { text } = await place.noticed('dump.taken', { name });
  expect(text).toContain('no user stack: neither eu-stack nor gdb is installed (Debian: elfutils, gdb)');
  expect(text).toContain('gcore is not installed (Debian: gdb)');
});

/** A PATH where eu-stack, gdb and gcore never get done; `runs` grows with each of them. */
function hangingTools(place: Workplace): { readonly PATH: string; readonly runs: string } {
  const runs = place.write('tool-runs', '');
  for (const tool of ['eu-stack', 'gdb', 'gcore'])
    place.write(`tools/${tool}`, `#!/bin/sh\necho ${tool} >>${runs}\nsleep 86419\n`, 0o755);
  return { PATH: `${place.path('tools')}:${place.environment['PATH']}`, runs };
}

/** Makes it hang, and returns when a tool that hangs itself looks at it. */
async function examined(place: Workplace, pid: number, runs: string): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  await place.noticed('process.stalled', { name });
  await until('a tool at work', () => readFileSync(runs, 'utf8') !== '');
}

const tools = (place: Workplace) => place.living().filter(({ commandLine }) => commandLine === 'sleep 86419');

test('a stack tool that hangs holds up the restart for `evidenceWithin` and no longer, and is killed with all it started', async () => {
  const place = placeOfTest();
  const more = '        stall: { heartbeat: 1s }\n        dump: [stack, core]';
  const { PATH, runs } = hangingTools(place);
  await startEngine(place, place.write('profile.yaml', profile(place, more, 'evidenceWithin: 2s\n')), { PATH });
  const [pid = 0] = await place.running([name]);
  await examined(place, pid, runs);
  // Nothing is done to it before its time is over.
  expect(livingAt(pid)).not.toBeNull();
  const stalled = await place.noticed('process.stalled', { name });
  const restarting = await place.noticed('process.restarting', { name });
  const heldMs = Date.parse(restarting.at) - Date.parse(stalled.at);
  expect(heldMs).toBeLessThan(2_000 + graceMs + allowanceMs);
  await successor(place, pid);
  const incident = await incidentTaken(place, name);
  expect(incident.file.missing.join('; ')).toMatch(/was not done within \d+ ms/);
  expect(incident.text('stack.txt')).toContain('threads of process');
  expect(incident.file.costs.outageMs).toBeLessThan(2_000 + allowanceMs);
  await until('an end of the tools', () => tools(place).length === 0);
});

test('an engine that is killed while it examines leaves the process to the next one, which examines it anew, and nothing is doubled', async () => {
  const place = placeOfTest();
  const { PATH, runs } = hangingTools(place);
  const file = place.write('profile.yaml', profile(place, '        stall: { heartbeat: 1s }', 'evidenceWithin: 30s\n'));
  const first = await startEngine(place, file, { PATH });
  const [pid = 0] = await place.running([name]);
  await examined(place, pid, runs);
  const evidence = join(place.home, 'default/evidence');
  expect(readdirSync(evidence).filter((entry) => entry.startsWith('.taking-'))).toHaveLength(1);
  expect(await first.end('SIGKILL')).toEqual({ status: null, signal: 'SIGKILL' });
  expect(livingAt(pid)).not.toBeNull();

  await startEngine(place, file);
  expect(await place.noticed('engine.recovered')).toMatchObject({ parameters: { adopted: 1, lost: 0 } });
  expect(await place.pids(name)).toEqual([pid]);
  const incident = await incidentTaken(place, name);
  expect(incident.file).toMatchObject({ number: 1, lives: true, instance: { pid }, reason: { rule: 'heartbeat' } });
  expect(incident.text('stack.txt')).toContain('take_first_then_second');
  const next = await successor(place, pid);
  const workers = place.living().filter(({ commandLine }) => commandLine.endsWith('hangs deadlock'));
  expect(workers.map((one) => one.pid)).toEqual([next]);
  expect((await place.process(name)).restarts.count).toBe(1);
  expect(readdirSync(evidence).filter((entry) => entry.startsWith('.'))).toEqual([]);
  expect(await incidentsOf(place)).toHaveLength(1);
});
