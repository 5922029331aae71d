import type { ServiceResult } from '../../ports/service-manager.ts';
import type { SystemdConnection } from './systemd-connection.ts';
import { jobEnded, refused, type SystemdOrder } from './systemd-job-words.ts';

type Report = (result: ServiceResult) => void;

/** Far beyond what an engine has under way at once; it only keeps a fault from growing for ever. */
const mostJobs = 10_000;

const methods = { start: 'StartUnit', stop: 'StopUnit' } as const;

/** Orders given to one manager, until it says what became of them. */
export class SystemdJobs {
  /** By the job's path on D-Bus. */
  private readonly waiting = new Map<string, { readonly order: SystemdOrder; readonly report: Report }>();
  /** Ends of jobs that came before the answer which names the job; kept only while such an answer is awaited. */
  private readonly early = new Map<string, string>();
  private unanswered = 0;

  get isFull(): boolean {
    return this.waiting.size + this.unanswered >= mostJobs;
  }

  async give(connection: SystemdConnection, order: SystemdOrder, report: Report): Promise<void> {
    this.unanswered += 1;
    // `replace`: an order of ours goes before one that is still queued, as with systemctl.
    const answer = await connection.manager(methods[order.verb], 'ss', order.unit, 'replace');
    this.unanswered -= 1;
    const job = answer.ok ? String(answer.value) : '';
    const result = this.early.get(job);
    if (this.unanswered === 0) this.early.clear();
    if (!answer.ok) report(refused(order, answer));
    else if (result !== undefined) report(jobEnded(order, result));
    // The answer may be the last word of a connection that is lost by now, and with it the word about the job.
    else if (!connection.isOpen) report(lost(order));
    else this.waiting.set(job, { order, report });
  }

  /** JobRemoved. */
  ended(job: string, result: string): void {
    const known = this.waiting.get(job);
    if (known === undefined) {
      if (this.unanswered > 0 && this.early.size < mostJobs) this.early.set(job, result);
      return;
    }
    this.waiting.delete(job);
    known.report(jobEnded(known.order, result));
  }

  /** The connection is gone: whoever waits is told that the answer is. */
  lost(): void {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    this.early.clear();
    for (const { order, report } of waiting) report(lost(order));
  }

  close(): void {
    this.waiting.clear();
    this.early.clear();
  }
}

function lost({ verb, unit }: SystemdOrder): ServiceResult {
  const problem = `systemd was told to ${verb} ${unit}, and the connection to it was lost before it said that this was done; the state of the service shows what became of it.`;
  return { ok: false, problem };
}
