// The console beside htop, each in a terminal of 120x40 on this machine in the same minute: what they write at rest, and what they use.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { killDaemon, pause, profileText, programWords, startDaemon } from './daemon.ts';
import type { Figure } from './figures.ts';
import { folder, killAndWait } from './place.ts';

/** In its first minute a process shows how many seconds it is up; rest begins after that. */
const FIRST_MINUTE_MS = 62_000;
const SETTLE_MS = 4000;
const REST_MS = 10_000;
const WATCHED = 100;

interface Rest {
  readonly bytesPerSecond: number;
  readonly percent: number;
}

export async function besideHtop(): Promise<Figure[]> {
  const { daemon } = await startDaemon('console', profileText('shop', WATCHED, '[sleep, "1000000"]'));
  try {
    await pause(FIRST_MINUTE_MS);
    const ours = await resting(programWords(), { PROCSAVER_HOME: join(folder, 'console') });
    const figures = (rest: Rest | null, who: string): [Figure, Figure] => [
      {
        what: `bytes to the terminal at rest, ${who}`,
        unit: '/s',
        samples: rest === null ? [] : [rest.bytesPerSecond],
      },
      { what: `CPU at rest, ${who}`, unit: '%', samples: rest === null ? [] : [rest.percent] },
    ];
    const theirs = await resting(['htop'], {}).catch((error: Error) => {
      console.log(`NO HTOP TO COMPARE WITH: ${error.message} (Debian package htop)`);
      return null;
    });
    const [theirBytes, theirCpu] = figures(theirs, 'htop');
    const [bytes, cpu] = figures(ours, `console on a real engine with ${WATCHED} processes`);
    const promised = { ...bytes, goal: { below: 2048, text: 'under 2 KB/s' } };
    if (theirs === null) return [promised, cpu];
    return [{ ...promised, floor: theirBytes }, { ...cpu, floor: theirCpu }, theirBytes, theirCpu];
  } finally {
    const children = [...readFileSync(`/proc/${daemon.pid}/task/${daemon.pid}/children`, 'utf8').matchAll(/\d+/g)];
    await killDaemon(daemon);
    await killAndWait(children.map(([pid]) => Number(pid)));
  }
}

/** Runs it in a pty that script(1) makes; what it writes comes through a pipe and is counted. */
async function resting(words: readonly string[], more: Readonly<Record<string, string>>): Promise<Rest> {
  const command = `stty rows 40 cols 120; exec ${words.map((word) => `'${word}'`).join(' ')}`;
  const environment = { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...more };
  const child = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<never>((_, reject) =>
    child.once('error', reject).once('exit', () => reject(new Error('it ended at once'))),
  );
  ended.catch(() => {});
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  try {
    await Promise.race([pause(SETTLE_MS), ended]);
    const shell = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]);
    if (bytes === 0 || Number.isNaN(shell) || shell === 0) throw new Error('it shows nothing');
    const before = { bytes, cpuMs: cpuMs(shell) };
    await Promise.race([pause(REST_MS), ended]);
    const seconds = REST_MS / 1000;
    return {
      bytesPerSecond: (bytes - before.bytes) / seconds,
      percent: (cpuMs(shell) - before.cpuMs) / (seconds * 10),
    };
  } finally {
    child.stdin.end('q');
    child.kill('SIGTERM');
  }
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
