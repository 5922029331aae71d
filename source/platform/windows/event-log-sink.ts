import { closeEventLog, eventType, openEventLog, reportEvent } from '../../../native-bindings/windows/event-log.ts';
import { catalogue } from '../../notices/catalogue.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import type { Severity } from '../../notices/severity.ts';
import type { NoticeSink } from '../notice-sink.ts';
import { eventSource } from './event-source.ts';
import { errorWords } from './service-words.ts';

/** Windows has three kinds of events of programs. */
const typeOf: Readonly<Record<Severity, number>> = {
  debug: eventType.INFORMATION,
  info: eventType.INFORMATION,
  warning: eventType.WARNING,
  error: eventType.ERROR,
  critical: eventType.ERROR,
};

/** The event log of Windows: each notice an event of our source, with the number of the notice and its text. */
export class EventLogSink implements NoticeSink {
  readonly name = 'the event log of Windows';
  readonly #instance: string;
  /** 0 before the first event, and after a failure: its service may have been started anew. */
  #log = 0;

  constructor(instance: string) {
    this.#instance = instance;
  }

  write(line: NoticeLine, done: (problem: string | null) => void): void {
    if (this.#log <= 0) this.#log = openEventLog(eventSource.name);
    if (this.#log < 0) {
      const problem = errorWords(-this.#log);
      return void setImmediate(() => done(problem));
    }
    const event = { type: typeOf[line.severity], id: catalogue[line.id].number, text: this.#textOf(line) };
    reportEvent(this.#log, event, (isTaken) => {
      if (!isTaken) this.close();
      done(isTaken ? null : 'it did not take an event');
    });
  }

  close(): void {
    if (this.#log > 0) closeEventLog(this.#log);
    this.#log = 0;
  }

  /** The sentence first, for people; the id and whose engine it is behind it, for filters. */
  #textOf({ text, id }: NoticeLine): string {
    return `${text}\n\n${id}, instance ${this.#instance}`;
  }
}
