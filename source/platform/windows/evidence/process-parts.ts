// What Windows says of a living process beside its memory.
import { wordsOf } from '../../../../native-bindings/windows/command-line.ts';
import { imagePath } from '../../../../native-bindings/windows/image-path.ts';
import { ownerOf } from '../../../../native-bindings/windows/owner.ts';
import { listProcesses, listThreads } from '../../../../native-bindings/windows/process-list.ts';
import { readEnvironment, readStartWords } from '../../../../native-bindings/windows/process-memory.ts';
import type { Job, Part } from '../../evidence/part.ts';
import { isAlive } from '../instances.ts';
import { familiesOf, membersOf } from '../process-tree.ts';
import { wordsOfThread } from '../thread-states.ts';

const threadsBound = 1_000;

/** Of one that has ended nothing is asked: its pid may be another's. */
function livingPart(name: string, take: (job: Job, pid: number) => Promise<void>): Part {
  return {
    name,
    isHeavy: false,
    isWanted: ({ lives }) => lives,
    async take(job) {
      const { instance } = job.request;
      if (instance === null || !isAlive(instance)) throw new Error('it has ended meanwhile');
      await take(job, instance.pid);
    },
  };
}

/** Which threads there are, and why each waits. */
export const threadsPart = livingPart('threads', async (job, pid) => {
  const found = listThreads(pid, threadsBound);
  if (found === null) throw new Error('it has ended meanwhile');
  const lines = found.threads.map((thread) => {
    const { state, waitsFor } = wordsOfThread(thread);
    return `thread ${thread.tid} ${state}${waitsFor === '' ? '' : `, waits for ${waitsFor}`}, ran ${thread.switches} times\n`;
  });
  const more = found.count > threadsBound ? `and ${found.count - threadsBound} more threads\n` : '';
  const head = `${found.count} thread${found.count === 1 ? '' : 's'} of process ${pid}, as Windows sees them\n\n`;
  await job.write('stack.txt', `${head}${lines.join('')}${more}`);
});

/** Command line and environment: first of all, because from them the secrets are known that are masked everywhere else. */
export const factsPart = livingPart('process', async (job, pid) => {
  const words = readStartWords(pid);
  if (typeof words === 'number') job.missing.push(`no command line: error ${-words} of Windows`);
  else {
    job.facts.command = job.masks.commandLine(wordsOf(words.commandLine));
    job.facts.directory = words.directory;
  }
  const environment = readEnvironment(pid);
  if (typeof environment === 'number') job.missing.push(`no environment: error ${-environment} of Windows`);
  else job.facts.environment = job.masks.environment(environment);
  const owner = ownerOf(pid);
  if (typeof owner !== 'number') job.facts.user = owner.name;
  job.facts.executable = imagePath(pid) ?? '';
});

export const statusPart = livingPart('status', async (job, pid) => {
  const list = listProcesses();
  const { instance } = job.request;
  const members = instance === null ? [] : membersOf(instance, new Map(), [], familiesOf(list));
  const lines = members.map(
    ({ pid: one, parent, name, cpuMs, memoryBytes, threadCount, handleCount, session }) =>
      `${one} ${name}: parent ${parent}, session ${session}, CPU ${Math.round(cpuMs)} ms, memory ${mebibytes(memoryBytes)} MiB, ${threadCount} threads, ${handleCount} handles\n`,
  );
  await job.write('status.txt', `process ${pid} and what it started\n\n${lines.join('')}`);
});

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
