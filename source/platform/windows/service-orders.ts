import { spawn } from 'node:child_process';
import { ownProgram } from '../own-program.ts';
import { serviceOrderWord } from '../service-order-word.ts';

export interface ServiceOrder {
  readonly verb: 'start' | 'stop';
  readonly service: string;
  /** To be started behind it: those that were stopped with it. */
  readonly dependents: readonly string[];
}

export type ServiceOrderResult =
  | { readonly ok: true; readonly stopped: readonly string[] }
  /** `problem`: a sentence. `stopped`: services that need this one and were stopped before it, in the order in which they start. */
  | { readonly ok: false; readonly problem: string; readonly stopped: readonly string[] };

/** Each is a process of its own for a moment, so not all at once. */
const atOnce = 4;
const mostWaiting = 10_000;
/** More than the manager gives to a service and those that need it; a helper that was not done by then hangs. */
const patienceMs = 600_000;

/**
 * Orders to services. The calls of Windows block for as long as a service takes, and say why they failed only on the thread that
 * waited, so that a second of this program gives them.
 */
export class ServiceOrders {
  readonly #waiting: { readonly order: ServiceOrder; readonly report: (result: ServiceOrderResult) => void }[] = [];
  #running = 0;

  give(order: ServiceOrder, report: (result: ServiceOrderResult) => void): void {
    if (this.#waiting.length >= mostWaiting) {
      const problem = `Windows was not asked to ${order.verb} ${order.service}: too many orders are under way.`;
      queueMicrotask(() => report({ ok: false, problem, stopped: [] }));
      return;
    }
    this.#waiting.push({ order, report });
    this.#next();
  }

  /** What is under way is done to its end, and not reported. */
  close(): void {
    this.#waiting.length = 0;
  }

  #next(): void {
    if (this.#running >= atOnce) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#running += 1;
    help(next.order, (result) => {
      this.#running -= 1;
      next.report(result);
      this.#next();
    });
  }
}

function help(order: ServiceOrder, done: (result: ServiceOrderResult) => void): void {
  const { command, arguments: first } = ownProgram();
  const helper = spawn(command, [...first, serviceOrderWord, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    timeout: patienceMs,
  });
  let said = '';
  let isDone = false;
  const answer = (result: ServiceOrderResult): void => {
    if (isDone) return;
    isDone = true;
    done(result);
  };
  const failed = (why: string): void =>
    answer({ ok: false, problem: `${order.service} could not be told to ${order.verb}: ${why}.`, stopped: [] });
  helper.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  helper.once('error', ({ message }) => failed(message));
  helper.once('close', () => {
    if (said === '') failed('the helper ended before it was done');
    else answer(JSON.parse(said) as ServiceOrderResult);
  });
}
