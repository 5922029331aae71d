// From kill -9 to the notice at a subscriber of the control socket, as a console is one; among 1 and among 1,000 in turn.
import { spawn } from 'node:child_process';
import { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { closeDescriptor, pidfdOpen } from '../../../native-bindings/linux/pidfd.ts';
import { type Daemon, killDaemon, pause, profileText, startDaemon } from '../daemon.ts';
import type { Figure, Goal } from '../figures.ts';
import { killAndWait } from '../place.ts';
import type { Programs } from '../programs.ts';
import { latestStamp, nextStamp, nowMs } from '../stamps.ts';
import { many, thousand } from '../thousand.ts';

const kills = 150;
const killsOfOther = 30;
const longestMs = 60_000;
const promised: Goal = { below: 2, text: '< 2 ms' };
const soon: Goal = { below: 5, text: '< 5 ms' };

export async function detectionSection(programs: Programs): Promise<Figure[]> {
  const big = (await thousand(programs)).daemon;
  const { daemon: small } = await startDaemon('one', profileText('one', 1, programs.stamp));
  await nextStamp('one/p1', 0);
  // What happens once after the start, three seconds later, is not meant here.
  await pause(4_000);
  const noticedBy = new Map<Daemon, Notices>();
  for (const daemon of [big, small]) noticedBy.set(daemon, await subscribe(daemon));
  const one = { notice: [] as number[], again: [] as number[] };
  const thousandth = { notice: [] as number[], again: [] as number[] };
  const other = { notice: [] as number[], again: [] as number[] };
  const endMs = nowMs() + longestMs;
  for (let round = 0; round < kills && nowMs() < endMs; round++) {
    for (const [daemon, name, into] of [
      [small, 'one/p1', one],
      [big, `bench/p${1 + ((round * 7) % many)}`, thousandth],
      ...(round < killsOfOther ? ([[big, 'other1000', other]] as const) : []),
    ] as const) {
      const taken = await killOnce(name, noticedBy.get(daemon) ?? { down: new Map(), up: new Set() });
      into.notice.push(taken.noticeMs);
      into.again.push(taken.againMs);
    }
  }
  const kernel = await kernelOnly(programs);
  await killDaemon(small);
  await killAndWait([latestStamp('one/p1')?.pid ?? 0]);
  const floor: Figure = { what: 'floor: kernel to JavaScript, nothing else done', unit: 'ms', samples: kernel };
  const figure = (what: string, samples: readonly number[], goal: Goal): Figure => ({
    what,
    unit: 'ms',
    samples,
    goal,
    floor,
  });
  return [
    floor,
    figure('kill -9 to notice, 1 watched', one.notice, promised),
    figure('kill -9 to notice, 1,000 watched', thousandth.notice, promised),
    figure('kill -9 to notice, `match` entry among 1,000', other.notice, promised),
    figure('kill -9 to running again, 1 watched, subscriber', one.again, soon),
    figure('kill -9 to running again, 1,000 watched, subscriber', thousandth.again, soon),
    figure('kill -9 to running again, `match` among 1,000', other.again, soon),
  ];
}

/** When each death was heard of, and who came up, by pid. */
interface Notices {
  readonly down: ReadonlyMap<number, number>;
  readonly up: ReadonlySet<number>;
}

async function subscribe(daemon: Daemon): Promise<Notices> {
  const down = new Map<number, number>();
  const up = new Set<number>();
  daemon.client.on('notice', ({ id, instance }) => {
    if (id === 'process.down' && instance !== null) down.set(instance.pid, nowMs());
    if (id === 'process.up' && instance !== null) up.add(instance.pid);
  });
  await daemon.client.call('subscribe', {});
  return { down, up };
}

async function killOnce(name: string, heard: Notices): Promise<{ noticeMs: number; againMs: number }> {
  const old = latestStamp(name);
  if (old === undefined) throw new Error(`${name} never ran`);
  const killedAtMs = nowMs();
  process.kill(old.pid, 'SIGKILL');
  const fresh = await nextStamp(name, old.pid);
  // What is killed before it was found is another story: the search for it goes on.
  while (!heard.up.has(fresh.pid)) await pause(5);
  await pause(20);
  return { noticeMs: (heard.down.get(old.pid) ?? Number.NaN) - killedAtMs, againMs: fresh.atMs - killedAtMs };
}

/** The daemon's own watcher in this process, on processes that are nobody's child here. */
async function kernelOnly(programs: Programs): Promise<number[]> {
  const events = new KernelEvents();
  const samples: number[] = [];
  for (let count = 0; count < kills / 3; count++) {
    const name = `kernel-${count}`;
    spawn(programs.restartOther, [name, programs.stamp], { stdio: 'ignore' });
    const { pid } = await nextStamp(name, 0);
    const pidfd = pidfdOpen(pid);
    const killedAtMs = nowMs();
    const endedAtMs = await new Promise<number>((resolve) => {
      events.add(pidfd, () => {
        events.remove(pidfd);
        resolve(nowMs());
      });
      process.kill(pid, 'SIGKILL');
    });
    closeDescriptor(pidfd);
    samples.push(endedAtMs - killedAtMs);
  }
  events.close();
  return samples;
}
