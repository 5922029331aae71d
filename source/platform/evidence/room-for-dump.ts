import { statfs } from 'node:fs/promises';
import type { Job } from './part.ts';

/** The monitored need the disk too: so much of it stays free. */
const sparedBytes = 64 * 1024 * 1024;

/** Throws, in words, where a dump of that size would break the bound of all evidence or fill the disk. */
export async function makeSureOfRoom(job: Job, bytes: number): Promise<void> {
  const mebibytes = (size: number) => `${Math.ceil(size / 1024 / 1024)} MiB`;
  const { maxTotalBytes } = job.request;
  if (bytes > maxTotalBytes)
    throw new Error(
      `it would take ${mebibytes(bytes)}, and all evidence together may take ${mebibytes(maxTotalBytes)}`,
    );
  const disk = await statfs(job.folder);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < bytes + sparedBytes)
    throw new Error(`it would take ${mebibytes(bytes)}, and the disk has ${mebibytes(freeBytes)} left`);
}
