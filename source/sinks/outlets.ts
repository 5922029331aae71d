import type { NoticeLine } from '../notices/notice.ts';
import type { NoticeSink } from '../platform/notice-sink.ts';
import { Outlet, type SinkNotice } from './outlet.ts';

/** What an engine that ends has still to say outside. */
const lastWordsMs = 2_000;

/** The ways to all sinks of an engine. */
export class Outlets {
  readonly #outlets: readonly Outlet[];

  constructor(sinks: readonly NoticeSink[], notice: SinkNotice) {
    this.#outlets = sinks.map((sink) => new Outlet(sink, notice));
  }

  tell(line: NoticeLine): void {
    for (const outlet of this.#outlets) outlet.tell(line);
  }

  async close(): Promise<void> {
    await Promise.all(this.#outlets.map((outlet) => outlet.close(lastWordsMs)));
  }
}
