import { spawn } from 'node:child_process';
import type { consoleEvent } from '../../../native-bindings/windows/console-event.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import { consoleEventWord } from '../console-event-word.ts';
import { ownProgram } from '../own-program.ts';

export type ConsoleEvent = keyof typeof consoleEvent;

interface Asker {
  readonly pid: number;
  readonly report: (problem: string | null) => void;
}

/** A helper that was not done by then hangs. */
const patienceMs = 10_000;

/**
 * Sends Ctrl-C and Ctrl-Break to consoles of others. A process can be at one console only, so that a second of this program goes there
 * and the engine keeps its own. All that are asked in one turn of the event loop are one helper.
 */
export class ConsoleEvents {
  readonly #askers = new Map<ConsoleEvent, Asker[]>();

  send(event: ConsoleEvent, pid: number, report: (problem: string | null) => void): void {
    const askers = this.#askers.get(event);
    if (askers !== undefined) {
      askers.push({ pid, report });
      return;
    }
    this.#askers.set(event, [{ pid, report }]);
    setImmediate(() => {
      const together = this.#askers.get(event) ?? [];
      this.#askers.delete(event);
      help(event, together);
    });
  }
}

function help(event: ConsoleEvent, askers: readonly Asker[]): void {
  const { command, arguments: first } = ownProgram();
  const pids = askers.map(({ pid }) => String(pid));
  let isAnswered = false;
  const answer = (problemOf: (index: number) => string | null): void => {
    if (isAnswered) return;
    isAnswered = true;
    for (const [index, { report }] of askers.entries()) report(problemOf(index));
  };
  const helper = spawn(command, [...first, consoleEventWord, event, ...pids], {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    timeout: patienceMs,
  });
  let said = '';
  helper.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  helper.once('error', ({ message }) => answer(() => `${event} could not be sent: ${message}`));
  // The word of each stands on a line of its own; a Ctrl-Break may end the helper behind the last one.
  helper.once('close', () => {
    const results = said.split('\n');
    answer((index) => describe(event, askers[index]?.pid ?? 0, results[index]));
  });
}

function describe(event: ConsoleEvent, pid: number, result: string | undefined): string | null {
  if (result === '0') return null;
  if (result === undefined || result === '') return `${event} could not be sent to pid ${pid}: the helper ended before`;
  const error = -Number(result);
  // It has ended meanwhile.
  if (error === errorCode.ERROR_INVALID_PARAMETER) return null;
  if (error === errorCode.ERROR_INVALID_HANDLE)
    return `${event} could not be sent to pid ${pid}: it has no console. Let \`stop.run\` end it, or set \`stop.signal\` to WM_CLOSE where it has a window.`;
  return `${event} could not be sent to pid ${pid}: error ${error} of Windows`;
}
