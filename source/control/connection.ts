import type { Duplex } from 'node:stream';
import { createJSONRPCErrorResponse, createJSONRPCNotification, JSONRPCErrorCode } from 'json-rpc-2.0';
import type { Answered, Dispatch } from './dispatch.ts';
import { encodeLine, readLines } from './line-channel.ts';

export interface ConnectionLimits {
  /** A request is one line; a longer one is refused. */
  readonly requestBytes: number;
  /** Requests of one client under way at once; the others wait in its own socket. */
  readonly requestsAtOnce: number;
  /** No further request is taken from a client while so much of its answers waits. */
  readonly answerBytes: number;
  /** A subscriber who leaves more than this waiting is dropped. The largest notification it was ever sent comes on top: thousands of processes told at once are nobody's slowness. */
  readonly notificationBytes: number;
  /** How long a client that is let go may take to read what it was still owed. */
  readonly farewellMs: number;
}

/** The server's end of one client's connection. */
export class Connection {
  readonly #stream: Duplex;
  readonly #operator: string;
  readonly #dispatch: Dispatch;
  readonly #limits: ConnectionLimits;
  readonly #reportDropped: (operator: string, reason: string) => void;
  readonly #underWay = new Set<Promise<void>>();
  /** Null: no subscriber. `held` keeps what happens between a snapshot and the moment it is sent. */
  #subscription: { held: Buffer[] | null; heldBytes: number; waitingBytes: number; largestBytes: number } | null = null;

  constructor(
    stream: Duplex,
    operator: string,
    dispatch: Dispatch,
    limits: ConnectionLimits,
    reportDropped: (operator: string, reason: string) => void,
  ) {
    this.#stream = stream;
    this.#operator = operator;
    this.#dispatch = dispatch;
    this.#limits = limits;
    this.#reportDropped = reportDropped;
    // A client that goes away while it is answered is no news; 'close' tells all that is needed.
    stream.on('error', () => {});
  }

  /** Serves until the client has gone. */
  async serve(): Promise<void> {
    for await (const line of readLines(this.#stream, this.#limits.requestBytes)) {
      if ('tooLong' in line) this.#refuseLongLine();
      else this.#take(line.text);
      await this.#untilRoom();
    }
    await Promise.all(this.#underWay);
    this.#stream.end();
  }

  get isSubscribed(): boolean {
    return this.#subscription !== null;
  }

  /** Never waits: what a slow subscriber does not take is kept for it up to a bound, then it is dropped. */
  notify(line: Buffer): void {
    const subscription = this.#subscription;
    if (subscription === null || this.#stream.writableEnded) return;
    subscription.largestBytes = Math.max(subscription.largestBytes, line.length);
    const mostBytes = this.#limits.notificationBytes + subscription.largestBytes;
    if (subscription.heldBytes + subscription.waitingBytes + line.length > mostBytes) {
      this.#drop(`it left more than ${this.#limits.notificationBytes} bytes of notifications unread`);
    } else if (subscription.held !== null) {
      subscription.held.push(line);
      subscription.heldBytes += line.length;
    } else {
      this.#sendNotification(subscription, line);
    }
  }

  /** Lets the client read what it is still owed, for a moment, then hangs up. */
  close(): void {
    this.#stream.end();
    const timer = setTimeout(() => this.#stream.destroy(), this.#limits.farewellMs);
    this.#stream.once('close', () => clearTimeout(timer));
  }

  #take(text: string): void {
    let subscribes = false;
    const subscribe = (): void => {
      subscribes = true;
      this.#subscription ??= { held: [], heldBytes: 0, waitingBytes: 0, largestBytes: 0 };
    };
    const answering = this.#dispatch(text, { operator: this.#operator, subscribe }).then((answer) => {
      this.#send(answer);
      if (subscribes) this.#releaseHeld();
    });
    this.#underWay.add(answering);
    void answering.finally(() => this.#underWay.delete(answering));
  }

  #send(answer: Answered): void {
    if (answer !== null && this.#stream.writable) this.#stream.write(encodeLine(answer));
  }

  #releaseHeld(): void {
    const subscription = this.#subscription;
    if (subscription === null || subscription.held === null) return;
    const lines = subscription.held;
    subscription.held = null;
    subscription.heldBytes = 0;
    for (const line of lines) this.#sendNotification(subscription, line);
  }

  #sendNotification(subscription: { waitingBytes: number }, line: Buffer): void {
    if (!this.#stream.writable) return;
    subscription.waitingBytes += line.length;
    this.#stream.write(line, () => {
      subscription.waitingBytes -= line.length;
    });
  }

  #drop(reason: string): void {
    this.#subscription = null;
    if (this.#stream.writable) this.#stream.write(encodeLine(createJSONRPCNotification('dropped', { reason })));
    this.close();
    this.#reportDropped(this.#operator, reason);
  }

  #refuseLongLine(): void {
    const problem = `the line is longer than ${this.#limits.requestBytes} bytes and was skipped`;
    this.#send(createJSONRPCErrorResponse(null, JSONRPCErrorCode.InvalidRequest, problem));
  }

  async #untilRoom(): Promise<void> {
    while (this.#underWay.size >= this.#limits.requestsAtOnce) await Promise.race(this.#underWay);
    while (this.#stream.writable && this.#stream.writableLength > this.#limits.answerBytes) await drained(this.#stream);
  }
}

function drained(stream: Duplex): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      stream.off('drain', finish);
      stream.off('close', finish);
      done();
    };
    stream.on('drain', finish);
    stream.on('close', finish);
  });
}
