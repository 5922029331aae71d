// Hears from every stamping program when it began to run.
import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { folder } from './place.ts';

export interface Stamp {
  readonly name: string;
  readonly pid: number;
  /** CLOCK_MONOTONIC in ms. */
  readonly atMs: number;
}

/** CLOCK_MONOTONIC in ms, the clock of the stamps. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

const latest = new Map<string, Stamp>();
const waiting = new Set<() => void>();
let count = 0;

/** Opens the pipe; its path goes to all children by STAMP_FIFO. */
export function listenForStamps(): void {
  const path = join(folder, 'stamps');
  execFileSync('mkfifo', ['-m', '666', path]);
  // Open for writing too: else each last writer's end would be the pipe's end.
  const pipe = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), readable: true });
  process.env['STAMP_FIFO'] = path;
  let rest = '';
  pipe.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    for (const look of [...waiting]) look();
  });
}

function take(line: string): void {
  const [name = '', pid, ns] = line.split(' ');
  count += 1;
  // The shell's stand-in for the stamping program cannot read this clock: then the arrival counts.
  latest.set(name, { name, pid: Number(pid), atMs: ns === '-' ? nowMs() : Number(ns) / 1e6 });
}

export function latestStamp(name: string): Stamp | undefined {
  return latest.get(name);
}

export function stampsSoFar(): number {
  return count;
}

export function latestStampMs(): number {
  return [...latest.values()].reduce((most, { atMs }) => Math.max(most, atMs), 0);
}

/** Resolves with the first stamp of `name` that is not of process `notPid`. */
export function nextStamp(name: string, notPid: number): Promise<Stamp> {
  return until(
    () => {
      const stamp = latest.get(name);
      return stamp !== undefined && stamp.pid !== notPid ? stamp : null;
    },
    10_000,
    `${name} did not come up`,
  );
}

/** Looks after every stamp until `look` gives something. */
export function until<T>(look: () => T | null, withinMs: number, complaint: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      const found = look();
      if (found === null) return;
      waiting.delete(check);
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => {
      waiting.delete(check);
      reject(new Error(`${complaint} within ${withinMs / 1000} s`));
    }, withinMs);
    waiting.add(check);
    check();
  });
}
