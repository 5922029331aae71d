import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pageBytes } from '../../../../native-bindings/linux/page-size.ts';
import type { Part } from '../../evidence/part.ts';
import type { ProcessStat } from '../proc.ts';
import { scanProcesses } from '../process-scan.ts';
import { readSmall, section } from './proc-text.ts';

/** In a storm the machine is looked at once a second. */
const believedMs = 1_000;
const largestShown = 10;
const disks = ['/', '/tmp', '/var'];

let last: { readonly text: string; readonly atMs: number } | null = null;

export const machinePart: Part = {
  name: 'machine',
  isHeavy: false,
  isWanted: () => true,
  async take(job) {
    if (last === null || performance.now() - last.atMs > believedMs)
      last = { text: await lookAtMachine(), atMs: performance.now() };
    const { outputFile } = job.request;
    const places = [job.folder, ...(outputFile === '' ? [] : [dirname(outputFile)]), ...disks];
    const rooms = await Promise.all(places.map(room));
    await job.write('machine.txt', `${last.text}${section('disks', [...new Set(rooms)].join('\n'))}`);
  },
};

async function lookAtMachine(): Promise<string> {
  const pressure = ['cpu', 'memory', 'io'].map((name) =>
    section(`pressure of ${name}`, readSmall(`/proc/pressure/${name}`)),
  );
  const whole = ['loadavg', 'uptime', 'meminfo', 'version'].map((name) => section(name, readSmall(`/proc/${name}`)));
  const processes = await new Promise<ReadonlyMap<number, ProcessStat>>((resolve) => scanProcesses(resolve));
  return `${whole.join('')}${pressure.join('')}${section(`the largest of ${processes.size} processes`, largest(processes))}`;
}

function largest(processes: ReadonlyMap<number, ProcessStat>): string {
  const bySize = [...processes.values()].sort((a, b) => b.residentPages - a.residentPages).slice(0, largestShown);
  return bySize
    .map(
      ({ pid, name, state, residentPages }) =>
        `${Math.round((residentPages * pageBytes) / 1024 / 1024)} MiB ${state} ${pid} ${name}`,
    )
    .join('\n');
}

async function room(path: string): Promise<string> {
  try {
    const { bavail, blocks, bsize, ffree, files } = await statfs(path);
    const mebibytes = (count: number) => Math.round((count * bsize) / 1024 / 1024);
    return `${mebibytes(bavail)} of ${mebibytes(blocks)} MiB free, ${ffree} of ${files} inodes free: ${path.replace(/\/\.taking-.*$/, '')}`;
  } catch (error) {
    return `${path}: ${(error as Error).message}`;
  }
}
