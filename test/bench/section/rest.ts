// What the daemon holds and uses when nothing happens.
import { readdirSync, readFileSync } from 'node:fs';
import { type Daemon, killDaemon, pause, profileText, startDaemon } from '../daemon.ts';
import type { Figure } from '../figures.ts';
import { killAndWait } from '../place.ts';
import type { Programs } from '../programs.ts';
import { latestStamp, nextStamp, nowMs } from '../stamps.ts';
import { thousand } from '../thousand.ts';

/**
 * What happens once is over then: the daemon gives back what its start left behind (after three quiet seconds), looks at all
 * output files (thrice in the first 21 s, then once a minute), and V8's own collection (after half a minute, 70 ms) would have come.
 */
const settleMs = 45_000;
const restMs = 30_000;
const smallDaemons = 8;

export async function restSection(programs: Programs): Promise<Figure[]> {
  const { pid } = (await thousand(programs)).daemon;
  const resting = await startSmall(programs);
  await pause(settleMs);
  const before = { cpuMs: cpuMs(pid), wakeUps: wakeUps(pid), atMs: performance.now() };
  await pause(restMs);
  const seconds = (performance.now() - before.atMs) / 1000;
  const percent = (cpuMs(pid) - before.cpuMs) / (seconds * 10);
  const figures = restingFigures(pid, percent, (wakeUps(pid) - before.wakeUps) / seconds);
  return [...figures, await firstDeaths(resting)];
}

/** What is watched by these dies for the first time after the rest: code that never ran, pages that were given back. */
async function startSmall(programs: Programs): Promise<Daemon[]> {
  const daemons: Daemon[] = [];
  for (let count = 0; count < smallDaemons; count++) {
    const name = `resting${count}`;
    daemons.push((await startDaemon(name, profileText(name, 1, programs.stamp))).daemon);
    await nextStamp(`${name}/p1`, 0);
  }
  return daemons;
}

async function firstDeaths(daemons: readonly Daemon[]): Promise<Figure> {
  const samples: number[] = [];
  for (const daemon of daemons) {
    const name = `${daemon.name}/p1`;
    const old = latestStamp(name)?.pid;
    if (old === undefined) throw new Error(`${name} never ran`);
    const killedAtMs = nowMs();
    process.kill(old, 'SIGKILL');
    const fresh = await nextStamp(name, old);
    samples.push(fresh.atMs - killedAtMs);
    await pause(20);
    await killDaemon(daemon);
    await killAndWait([fresh.pid]);
  }
  return { what: 'the first death after the rest, to running again', unit: 'ms', samples };
}

function restingFigures(pid: number, percent: number, wakeUpsPerSecond: number): Figure[] {
  const one = (what: string, unit: Figure['unit'], value: number): Figure => ({ what, unit, samples: [value] });
  return [
    { ...one('resident, 1,000 watched', 'MB', megabytes(pid, 'VmRSS')), goal: { below: 53, text: '< 53 MB' } },
    one('anonymous of it, which the kernel cannot drop', 'MB', megabytes(pid, 'RssAnon')),
    one('resident at its highest, during the start', 'MB', megabytes(pid, 'VmHWM')),
    { ...one('CPU over 30 s, of one core', '%', percent), goal: { below: 0.2, text: '< 0.2 %' } },
    one('wake-ups of all its threads', '/s', wakeUpsPerSecond),
  ];
}

export function megabytes(pid: number, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}

/** All threads; the scheduler counts in ns, /proc/PID/stat only in hundredths of a second. */
export function cpuMs(pid: number): number {
  return sumOverThreads(pid, 'schedstat', (text) => Number(text.split(' ')[0]) / 1e6);
}

export function wakeUps(pid: number): number {
  return sumOverThreads(pid, 'status', (text) => Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(text)?.[1]));
}

function sumOverThreads(pid: number, file: string, value: (text: string) => number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return threads.reduce((sum, thread) => sum + value(readFileSync(`/proc/${pid}/task/${thread}/${file}`, 'utf8')), 0);
}
