import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

export interface CgroupOfTest {
  write(file: string, text: string): void;
  read(file: string): string;
  /** Puts its processes back to the root of the hierarchy, and takes it away. Done at the end of the test at the latest. */
  leave(): Promise<void>;
}

/** A new cgroup in a hierarchy, with one process in it. `free`: what is written before its processes are let go. */
export function cgroupOfTest(
  place: Workplace,
  hierarchy: string,
  pid: number,
  files: Readonly<Record<string, string>>,
  free: Readonly<Record<string, string>>,
): CgroupOfTest {
  const folder = join(hierarchy, `procsaver-test-${process.pid}-${pid}`);
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  let isThere = true;
  const leave = async () => {
    if (!isThere) return;
    for (const [file, text] of Object.entries(free)) write(file, text);
    await until('an empty cgroup', () => {
      const members = read('cgroup.procs').split('\n').slice(0, -1);
      for (const member of members) moveTo(hierarchy, member);
      return members.length === 0;
    });
    rmdirSync(folder);
    isThere = false;
  };
  mkdirSync(folder);
  place.afterwards(leave);
  write('cgroup.procs', `${pid}`);
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { write, read, leave };
}

function moveTo(hierarchy: string, pid: string): void {
  try {
    writeFileSync(join(hierarchy, 'cgroup.procs'), pid);
  } catch {
    // It has just ended.
  }
}
