import { statfs } from 'node:fs/promises';
import { cpus, freemem, release, totalmem, uptime, version } from 'node:os';
import { dirname } from 'node:path';
import { listProcesses } from '../../../../native-bindings/windows/process-list.ts';
import type { Part } from '../../evidence/part.ts';

const largestShown = 10;
const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

export const machinePart: Part = {
  name: 'machine',
  isHeavy: false,
  isWanted: () => true,
  async take(job) {
    const list = listProcesses();
    const largest = list
      .toSorted((a, b) => b.memoryBytes - a.memoryBytes)
      .slice(0, largestShown)
      .map(({ pid, name, memoryBytes }) => `${mebibytes(memoryBytes)} MiB ${pid} ${name}`);
    const { outputFile } = job.request;
    const places = [job.folder, ...(outputFile === '' ? [] : [dirname(outputFile)])];
    const rooms = [...new Set(await Promise.all(places.map(room)))];
    const text = [
      `${version()} ${release()}, up ${Math.round(uptime())} s, ${cpus().length} processors`,
      `${mebibytes(freemem())} of ${mebibytes(totalmem())} MiB of memory free`,
      '',
      `the largest of ${list.length} processes`,
      ...largest,
      '',
      ...rooms,
    ];
    await job.write('machine.txt', `${text.join('\n')}\n`);
  },
};

async function room(path: string): Promise<string> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return `${mebibytes(bavail * bsize)} of ${mebibytes(blocks * bsize)} MiB free: ${path.replace(/[\\/]\.taking-.*$/, '')}`;
  } catch (error) {
    return `${path}: ${(error as Error).message}`;
  }
}
