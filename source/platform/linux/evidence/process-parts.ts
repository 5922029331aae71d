// What /proc says of a living process beside its threads.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, Part } from '../../evidence/part.ts';
import { statOf } from '../proc.ts';
import { userName } from '../users.ts';
import { readLink, readSmall, readThroughMemory, section } from './proc-text.ts';
import { describeSockets } from './sockets.ts';
import { hangsInKernel } from './stack-parts.ts';

const descriptorsBound = 5_000;
const descriptorsPerTurn = 100;
const mapsBound = 1024 * 1024;

/** One text file of what a living process is asked; who has ended is not, because its pid may be another's. */
function livingPart(name: string, take: (job: Job, pid: number) => Promise<void>): Part {
  return {
    name,
    isHeavy: false,
    isWanted: ({ lives }) => lives,
    async take(job) {
      const { instance } = job.request;
      if (instance === null || statOf(instance) === null) throw new Error('it has ended meanwhile');
      await take(job, instance.pid);
    },
  };
}

/** Command line and environment: first of all, because from them the secrets are known that are masked everywhere else. */
export const factsPart = livingPart('process', async (job, pid) => {
  const isSuspect = hangsInKernel(job);
  const words = await readThroughMemory(`/proc/${pid}/cmdline`, isSuspect, job.leftMs());
  if (words !== null) job.facts.command = job.masks.commandLine(words.replace(/\0+$/, '').split('\0'));
  const environment = await readThroughMemory(`/proc/${pid}/environ`, isSuspect, job.leftMs());
  if (environment === null) job.missing.push('no environment: its memory could not be read');
  else job.facts.environment = job.masks.environment(variables(environment));
  const uid = /^Uid:\s+(\d+)/m.exec(readSmall(`/proc/${pid}/status`) ?? '')?.[1];
  if (uid !== undefined) job.facts.user = userName(Number(uid));
  job.facts.executable = readLink(`/proc/${pid}/exe`) ?? '';
  job.facts.directory = readLink(`/proc/${pid}/cwd`) ?? '';
});

function variables(text: string): Record<string, string> {
  const pairs = text.split('\0').filter((entry) => entry.includes('='));
  return Object.fromEntries(
    pairs.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}

export const statusPart = livingPart('status', async (job, pid) => {
  const files = ['status', 'stat', 'schedstat', 'io', 'oom_score', 'oom_score_adj', 'autogroup'];
  const text = files.map((name) => section(name, readSmall(`/proc/${pid}/${name}`))).join('');
  await job.write('status.txt', text);
});

export const limitsPart = livingPart('limits', async (job, pid) => {
  await job.write('limits.txt', readSmall(`/proc/${pid}/limits`) ?? '');
});

export const mapsPart = livingPart('maps', async (job, pid) => {
  const text = await readThroughMemory(`/proc/${pid}/maps`, hangsInKernel(job), job.leftMs());
  if (text === null) throw new Error('its memory could not be read');
  await job.write('maps.txt', text.slice(0, mapsBound));
});

export const openFilesPart = livingPart('open files', async (job, pid) => {
  const descriptors = readdirSync(`/proc/${pid}/fd`)
    .map(Number)
    .sort((a, b) => a - b);
  const targets: [number, string][] = [];
  for (const [index, descriptor] of descriptors.slice(0, descriptorsBound).entries()) {
    if (index % descriptorsPerTurn === descriptorsPerTurn - 1) await new Promise(setImmediate);
    targets.push([descriptor, readLink(`/proc/${pid}/fd/${descriptor}`) ?? '(closed meanwhile)']);
  }
  const inodes = new Set(targets.flatMap(([, target]) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
  const sockets = inodes.size === 0 ? new Map<string, string>() : await describeSockets(pid, inodes);
  const lines = targets.map(([descriptor, target]) => {
    const words = sockets.get(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '');
    return `${descriptor} ${target}${words === undefined ? '' : ` ${words}`}\n`;
  });
  const more = descriptors.length > descriptorsBound ? `and ${descriptors.length - descriptorsBound} more\n` : '';
  await job.write('open-files.txt', `${descriptors.length} open descriptors\n${lines.join('')}${more}`);
});

const cgroupFiles = [
  ...['cgroup.events', 'cpu.stat', 'cpu.max', 'cpu.pressure', 'memory.current', 'memory.max', 'memory.high'],
  ...['memory.swap.current', 'memory.events', 'memory.pressure', 'io.pressure', 'io.stat', 'pids.current', 'pids.max'],
];

export const cgroupPart = livingPart('cgroup', async (job, pid) => {
  const membership = readSmall(`/proc/${pid}/cgroup`) ?? '';
  const path = /^0::(.*)$/m.exec(membership)?.[1];
  const root = mountOfCgroups();
  const folder = path === undefined || root === null ? null : join(root, path);
  const texts = await Promise.all(
    cgroupFiles.map(async (name) =>
      section(name, folder === null ? null : await readFile(join(folder, name), 'utf8').catch(() => null)),
    ),
  );
  await job.write('cgroup.txt', `${section('cgroup', membership)}${texts.join('')}`);
});

/** Field 5 of the line in mountinfo; see proc_pid_mountinfo(5). */
function mountOfCgroups(): string | null {
  const line = (readSmall('/proc/self/mountinfo') ?? '').split('\n').find((one) => / - cgroup2 /.test(one));
  return line?.split(' ')[4] ?? null;
}
