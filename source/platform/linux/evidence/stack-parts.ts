import type { Job, Part } from '../../evidence/part.ts';
import { statOf } from '../proc.ts';
import { coreOf } from './core-of-dead.ts';
import { leftRunning } from './left-running.ts';
import { readSmall } from './proc-text.ts';
import { blamed } from './stack-frames.ts';
import { lookAtThreads, type ThreadLook } from './threads.ts';
import { takeUserStack } from './user-stack.ts';

const stackFile = 'stack.txt';

/** A thread in uninterruptible sleep cannot be halted by any tool: it may wake in a moment, and a moment is waited. */
const patienceMs = 1_000;

const looks = new WeakMap<Job, ThreadLook>();

/** What /proc says of each thread: cheap, so always taken. */
export const threadsPart: Part = {
  name: 'threads',
  isHeavy: false,
  isWanted: ({ lives }) => lives,
  async take(job) {
    const { instance } = job.request;
    if (instance === null || statOf(instance) === null) throw new Error('it has ended meanwhile');
    const look = await lookAtThreads(instance.pid);
    looks.set(job, look);
    await job.write(stackFile, look.text);
  },
};

/** Was a thread of it in uninterruptible sleep? Then nothing that goes through its memory may be trusted to return. */
export function hangsInKernel(job: Job): boolean {
  return looks.get(job)?.hangsInKernel ?? false;
}

export const livingStackPart: Part = {
  name: 'stack',
  isHeavy: true,
  isWanted: ({ lives, kinds }) => lives && kinds.includes('stack'),
  async take(job) {
    const { instance, kinds } = job.request;
    if (instance === null || statOf(instance) === null) throw new Error('it has ended meanwhile');
    const { pid } = instance;
    const tracer = /^TracerPid:\s+([1-9]\d*)/m.exec(readSmall(`/proc/${pid}/status`) ?? '')?.[1];
    if (tracer !== undefined) throw new Error(`process ${tracer} is tracing it already, and there can be only one`);
    // A tool that hangs must not take the core's time too.
    const share = kinds.length > 1 ? 0.5 : 1;
    const shareMs = job.leftMs() * share;
    const untilMs = performance.now() + (hangsInKernel(job) ? Math.min(shareMs, patienceMs) : shareMs);
    const stack = await leftRunning(instance, () => takeUserStack({ pid }, () => untilMs - performance.now()));
    if (!stack.ok) {
      const reason = hangsInKernel(job)
        ? 'a thread is in uninterruptible sleep; its kernel stack says where'
        : stack.problem;
      job.missing.push(`no user stack: ${reason}`);
      return;
    }
    job.frames = blamed(stack.stacks, looks.get(job)?.running ?? [], pid);
    await job.append(stackFile, `the stacks of the program itself\n\n${stack.text}`);
  },
};

/** Out of its core; without one there is none. */
export const deadStackPart: Part = {
  name: 'stack',
  isHeavy: true,
  isWanted: ({ lives, kinds, reason }) => !lives && kinds.length > 0 && diedBySignal(reason),
  async take(job) {
    const core = await coreOf(job);
    // Why there is none, the core's own part says.
    if (core === null) return;
    const stack = await takeUserStack({ core: core.path, executable: core.executable }, () => job.leftMs());
    if (!stack.ok) {
      job.missing.push(`no stack: ${stack.problem}`);
      return;
    }
    job.frames = blamed(stack.stacks, [], 0);
    await job.write(stackFile, `the stacks in the core\n\n${stack.text}`);
  },
};

type Reason = Job['request']['reason'];

/** Only a signal leaves a core; of a death that nobody can explain it is looked for. */
export function diedBySignal(reason: Reason): boolean {
  return reason.kind === 'down' && !('code' in reason.exit);
}
