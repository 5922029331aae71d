import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { isJSONRPCResponse, JSONRPCClient, type JSONRPCErrorException } from 'json-rpc-2.0';
import type { EngineClient } from './engine-client.ts';
import { EngineGone, NoEngine, NotPermitted, RequestRefused } from './failure.ts';
import { encodeLine, readLines } from './line-channel.ts';
import type { Method, Methods, Notifications } from './protocol.ts';

export interface ClientOptions {
  /** An engine that takes longer than this for an answer counts as gone: it hangs, or was stopped. */
  readonly answerWithinMs?: number;
}

const usualAnswerWithinMs = 30_000;
/** The status of some 50,000 processes. */
const longestAnswerBytes = 64 << 20;

/** Rejects with NoEngine or NotPermitted. */
export async function connectEngine(path: string, options: ClientOptions = {}): Promise<EngineClient> {
  return engineClient(await openSocket(path), options);
}

function openSocket(path: string): Promise<Duplex> {
  return new Promise((open, fail) => {
    const socket = connect({ path });
    socket.once('connect', () => {
      socket.off('error', refuse);
      open(socket);
    });
    const refuse = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EACCES' || error.code === 'EPERM') fail(new NotPermitted(path));
      else if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTDIR')
        fail(new NoEngine(path));
      else fail(new EngineGone(`cannot connect to ${path}: ${error.message}`));
    };
    socket.once('error', refuse);
  });
}

/** An engine at the other end of any stream: a socket, a pipe, a program that stands between. */
export function engineClient(stream: Duplex, options: ClientOptions = {}): EngineClient {
  return new StreamClient(stream, options.answerWithinMs ?? usualAnswerWithinMs);
}

class StreamClient implements EngineClient {
  readonly #stream: Duplex;
  readonly #rpc: JSONRPCClient<void>;
  readonly #answerWithinMs: number;
  readonly #listeners = new Map<string, ((value: never) => void)[]>();
  readonly #closeListeners: (() => void)[] = [];
  #goneBecause: string | null = null;
  /** The engine's last word, which tells more than that the connection ended. */
  #dropReason: string | null = null;

  constructor(stream: Duplex, answerWithinMs: number) {
    this.#stream = stream;
    this.#answerWithinMs = answerWithinMs;
    this.#rpc = new JSONRPCClient<void>((message) => void stream.write(encodeLine(message)));
    stream.on('error', (error) => this.#end(`the connection to the engine broke: ${error.message}`));
    stream.on('close', () => this.#end('the engine closed the connection'));
    void this.#read();
  }

  async call<M extends Method>(method: M, parameters: Methods[M]['parameters']): Promise<Methods[M]['result']> {
    if (this.#goneBecause !== null) throw new EngineGone(this.#goneBecause);
    try {
      return await this.#rpc.timeout(this.#answerWithinMs).request(method, parameters, undefined);
    } catch (error) {
      throw this.#failureOf(error as JSONRPCErrorException);
    }
  }

  on<N extends keyof Notifications>(notification: N, listener: (value: Notifications[N]) => void): void {
    this.#listeners.set(notification, [...(this.#listeners.get(notification) ?? []), listener]);
  }

  onClose(listener: () => void): void {
    if (this.#goneBecause === null) this.#closeListeners.push(listener);
    else queueMicrotask(listener);
  }

  close(): void {
    this.#end('this client closed the connection');
  }

  async #read(): Promise<void> {
    for await (const line of readLines(this.#stream, longestAnswerBytes)) {
      if ('tooLong' in line) return this.#end(`the engine sent more than ${longestAnswerBytes} bytes at once`);
      this.#take(parse(line.text));
    }
    this.#end('the engine closed the connection');
  }

  #take(message: unknown): void {
    if (typeof message !== 'object' || message === null) {
      this.#end('the engine sent something that is no JSON-RPC message');
    } else if (!isJSONRPCResponse(message)) {
      const { method, params } = message as { readonly method?: unknown; readonly params?: unknown };
      if (typeof method === 'string') this.#hear(method, params);
    } else if (message.id === null) {
      // Nobody can tell which request it was about, so none of them will be answered for certain.
      this.#end(`the engine could not read a request: ${message.error?.message}`);
    } else {
      this.#rpc.receive(message);
    }
  }

  #hear(method: string, parameters: unknown): void {
    if (method === 'dropped') {
      this.#dropReason = `the engine dropped this client: ${(parameters as Notifications['dropped'] | undefined)?.reason}`;
    }
    for (const listener of this.#listeners.get(method) ?? []) listener(parameters as never);
  }

  #end(reason: string): void {
    if (this.#goneBecause !== null) return;
    this.#goneBecause = this.#dropReason ?? reason;
    this.#rpc.rejectAllPendingRequests(this.#goneBecause);
    this.#stream.destroy();
    for (const listener of this.#closeListeners) listener();
  }

  #failureOf({ code, message }: JSONRPCErrorException): EngineGone | RequestRefused {
    if (code !== noAnswerCode) return new RequestRefused(message);
    const silence = `the engine did not answer within ${this.#answerWithinMs / 1000} s`;
    return new EngineGone(this.#goneBecause ?? (message === 'Request timeout' ? silence : message));
  }
}

/** The JSON-RPC library's own failures (no answer, not sent) carry this code; an engine's never do. */
const noAnswerCode = 0;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
