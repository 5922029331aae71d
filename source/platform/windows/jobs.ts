import {
  assignToJob,
  createJob,
  lendJob,
  openJob,
  pidsInJob,
  terminateJob,
} from '../../../native-bindings/windows/job-object.ts';
import { closeHandle } from '../../../native-bindings/windows/process-handle.ts';
import { readEnvironment } from '../../../native-bindings/windows/process-memory.ts';
import { launchMark } from '../launch-mark.ts';

/** What our own killing leaves as exit code: what the task manager leaves too. */
export const killedCode = 1;

/** More starts than that are never alive at once; the oldest is then found by descent only. */
const bound = 20_000;

const nameOf = (launch: string): string => `Global\\procsaver-${launch.replaceAll(/[\\/]/g, '_')}`;

/**
 * Each start has a job, named after its mark: what a child starts belongs to it whoever its parent is by then. The child itself holds its
 * job too, so that the next engine finds it by the name.
 */
export class Jobs {
  readonly #jobs = new Map<string, number>();

  /** Before the first instruction of the child. Where no job can be made its tree is found by descent alone. */
  put(launch: string, child: number): void {
    const job = createJob(nameOf(launch));
    if (job < 0) return;
    if (assignToJob(job, child) < 0) return closeHandle(job);
    lendJob(job, child);
    this.#hold(launch, job);
  }

  /** The job of a child that an earlier engine started; while it lives, for its death may take the name away. */
  adopt(pid: number): void {
    const environment = readEnvironment(pid);
    const launch = typeof environment === 'number' ? undefined : environment[launchMark];
    if (launch === undefined || this.#jobs.has(launch)) return;
    const job = openJob(nameOf(launch));
    if (job >= 0) this.#hold(launch, job);
  }

  /** The pids of all that this start has brought forth and that live. */
  pidsOf(launch: string): readonly number[] {
    const job = this.#jobs.get(launch);
    const pids = job === undefined ? [] : pidsInJob(job);
    return typeof pids === 'number' ? [] : pids;
  }

  /** All of them at one blow, even what is being started meanwhile. */
  kill(launch: string): void {
    const job = this.#jobs.get(launch);
    if (job !== undefined) terminateJob(job, killedCode);
  }

  /** Nobody of it is left. */
  release(launch: string): void {
    const job = this.#jobs.get(launch);
    this.#jobs.delete(launch);
    if (job !== undefined) closeHandle(job);
  }

  /** Ends nobody. */
  close(): void {
    for (const launch of [...this.#jobs.keys()]) this.release(launch);
  }

  #hold(launch: string, job: number): void {
    this.#jobs.set(launch, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > bound && oldest !== undefined) this.release(oldest);
  }
}
