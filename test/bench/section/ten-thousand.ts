// Ten times the promised thousand: does the cost of a watched process stay what it is? Only when asked for: `--only ten-thousand`.
// First as children, as many of 10,000 as the machine allows; then 10,000 `match` entries over 1,000 programs, which is possible anywhere.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemon, killDaemon, pause, profileText, startDaemon, watchedPids } from '../daemon.ts';
import type { Figure } from '../figures.ts';
import { folder, killAll } from '../place.ts';
import type { Programs } from '../programs.ts';
import { demandRoom, roomFor } from '../room.ts';
import { latestStamp, latestStampMs, nextStamp, nowMs, stampsSoFar, until } from '../stamps.ts';
import { cpuMs, megabytes, wakeUps } from './rest.ts';

const wanted = 10_000;
const programsForEntries = 1_000;
/** For threads, scripts and whoever else works on this machine. */
const reserve = 1_000;
const startsWithinMs = 300_000;
const settleMs = 30_000;
const restMs = 30_000;
const kills = 200;
const statusCalls = 20;

export async function tenThousandSection(programs: Programs): Promise<Figure[]> {
  return [...(await children(programs, roomFor(wanted, reserve))), ...(await entries(programs))];
}

async function children(programs: Programs, many: number): Promise<Figure[]> {
  demandRoom(many + reserve / 2);
  const before = stampsSoFar();
  const { daemon, readyAtMs } = await startDaemon('children', profileText('bench', many, programs.stamp));
  await until(() => (stampsSoFar() - before >= many ? true : null), startsWithinMs, 'not all children came up');
  const lastChildMs = latestStampMs() - daemon.spawnedAtMs;
  await allWatched(daemon, many);
  const words = `${many} children`;
  const figures = [
    one(`${words}: the daemon answers and watches`, 'ms', readyAtMs - daemon.spawnedAtMs),
    one(`${words}: first starts, the start of the daemon included`, 'ms', lastChildMs),
    ...(await atRest(daemon, words)),
    ...(await deaths(daemon, words, (round) => `bench/p${1 + ((round * 7919) % many)}`)),
    await statusAnswers(daemon, words),
  ];
  await killDaemon(daemon);
  await killAll();
  return figures;
}

/** Ten entries know each program by its pid file, so each of its deaths is ten deaths. */
async function entries(programs: Programs): Promise<Figure[]> {
  const { daemon: starter } = await startDaemon('starter', profileText('bench', programsForEntries, programs.stamp));
  await allWatched(starter, programsForEntries);
  const pids = [...(await watchedPids(starter.client)).values()];
  // Its children live on, and are found by the one that is measured.
  await killDaemon(starter);
  const pidFiles = join(folder, 'pid-files');
  mkdirSync(pidFiles);
  for (const [index, pid] of pids.entries()) writeFileSync(join(pidFiles, `${index}`), `${pid}\n`);
  const lines = Array.from({ length: wanted }, (_, index) => {
    const match = `{ pidFile: ${join(pidFiles, `${index % programsForEntries}`)} }`;
    return `      e${index}: { match: ${match} }\n`;
  });
  const { daemon, readyAtMs } = await startDaemon('entries', profileText('bench', 0, '', lines.join('')));
  await allWatched(daemon, wanted);
  const words = `${wanted} entries`;
  const figures = [
    one(`${words}: the daemon answers and watches`, 'ms', readyAtMs - daemon.spawnedAtMs),
    one(`${words}: all shown as running`, 'ms', nowMs() - daemon.spawnedAtMs),
    ...(await atRest(daemon, words)),
    await statusAnswers(daemon, words),
  ];
  await killDaemon(daemon);
  await killAll();
  return figures;
}

async function allWatched(daemon: Daemon, many: number): Promise<void> {
  for (const giveUpAtMs = nowMs() + startsWithinMs; (await watchedPids(daemon.client)).size < many; await pause(200))
    if (nowMs() > giveUpAtMs) throw new Error(`not all ${many} were shown as running`);
}

async function atRest({ pid }: Daemon, words: string): Promise<Figure[]> {
  await pause(settleMs);
  const before = { cpuMs: cpuMs(pid), wakeUps: wakeUps(pid), atMs: nowMs() };
  await pause(restMs);
  const seconds = (nowMs() - before.atMs) / 1000;
  return [
    one(`${words}: resident`, 'MB', megabytes(pid, 'VmRSS')),
    one(`${words}: anonymous of it, which the kernel cannot drop`, 'MB', megabytes(pid, 'RssAnon')),
    one(`${words}: resident at its highest, during the start`, 'MB', megabytes(pid, 'VmHWM')),
    one(`${words}: CPU over 30 s, of one core`, '%', (cpuMs(pid) - before.cpuMs) / (seconds * 10)),
    one(`${words}: wake-ups of all its threads`, '/s', (wakeUps(pid) - before.wakeUps) / seconds),
  ];
}

async function deaths(daemon: Daemon, words: string, nameOf: (round: number) => string): Promise<Figure[]> {
  const heardAtMs = new Map<number, number>();
  daemon.client.on('notice', ({ id, instance }) => {
    if (id === 'process.down' && instance !== null) heardAtMs.set(instance.pid, nowMs());
  });
  await daemon.client.call('subscribe', {});
  const noticeMs: number[] = [];
  const againMs: number[] = [];
  for (let round = 0; round < kills; round++) {
    const name = nameOf(round);
    const old = latestStamp(name);
    if (old === undefined) throw new Error(`${name} never ran`);
    const killedAtMs = nowMs();
    process.kill(old.pid, 'SIGKILL');
    const fresh = await nextStamp(name, old.pid);
    againMs.push(fresh.atMs - killedAtMs);
    // Fewer than twenty a second, so that the brake on storms has no part in it.
    await pause(60);
    noticeMs.push((heardAtMs.get(old.pid) ?? Number.NaN) - killedAtMs);
  }
  return [
    { what: `${words}: kill -9 to notice`, unit: 'ms', samples: noticeMs },
    { what: `${words}: kill -9 to running again`, unit: 'ms', samples: againMs },
  ];
}

async function statusAnswers(daemon: Daemon, words: string): Promise<Figure> {
  const samples: number[] = [];
  for (let call = 0; call < statusCalls; call++) {
    const beforeMs = nowMs();
    await daemon.client.call('status', { target: null });
    samples.push(nowMs() - beforeMs);
  }
  return { what: `${words}: the whole status`, unit: 'ms', samples };
}

function one(what: string, unit: Figure['unit'], value: number): Figure {
  return { what, unit, samples: [value] };
}
