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
export function engineClient(
  stream: Duplex,
  { answerWithinMs = usualAnswerWithinMs }: ClientOptions = {},
): EngineClient {
  const listeners = new Map<string, ((value: never) => void)[]>();
  const closeListeners: (() => void)[] = [];
  let goneBecause: string | null = null;
  let dropReason: string | null = null;

  const rpc = new JSONRPCClient<void>((message) => {
    if (!stream.writable) throw new EngineGone('the connection to the engine is closed');
    stream.write(encodeLine(message));
  });
  const timed = rpc.timeout(answerWithinMs);

  const end = (reason: string): void => {
    if (goneBecause !== null) return;
    goneBecause = dropReason ?? reason;
    rpc.rejectAllPendingRequests(goneBecause);
    stream.destroy();
    for (const listener of closeListeners) listener();
  };
  stream.on('error', (error) => end(`the connection to the engine broke: ${error.message}`));
  stream.on('close', () => end('the engine closed the connection'));

  const hear = (method: string, parameters: unknown): void => {
    if (method === 'dropped') {
      dropReason = `the engine dropped this client: ${(parameters as Notifications['dropped'] | undefined)?.reason}`;
    }
    for (const listener of listeners.get(method) ?? []) listener(parameters as never);
  };
  const take = (message: unknown): void => {
    if (typeof message !== 'object' || message === null) {
      end('the engine sent something that is no JSON-RPC message');
    } else if (isJSONRPCResponse(message)) {
      rpc.receive(message);
    } else {
      const { method, params } = message as { readonly method?: unknown; readonly params?: unknown };
      if (typeof method === 'string') hear(method, params);
    }
  };
  const read = async (): Promise<void> => {
    for await (const line of readLines(stream, longestAnswerBytes)) {
      if ('tooLong' in line) return end(`the engine sent more than ${longestAnswerBytes} bytes at once`);
      const message = parse(line.text);
      if (message === undefined) return end('the engine sent something that is not JSON');
      take(message);
    }
    end('the engine closed the connection');
  };
  void read();

  return {
    async call<M extends Method>(method: M, parameters: Methods[M]['parameters']): Promise<Methods[M]['result']> {
      if (goneBecause !== null) throw new EngineGone(goneBecause);
      try {
        return await timed.request(method, parameters, undefined);
      } catch (error) {
        throw failureOf(error as JSONRPCErrorException, goneBecause, answerWithinMs);
      }
    },
    on(notification, listener) {
      listeners.set(notification, [...(listeners.get(notification) ?? []), listener]);
    },
    onClose(listener) {
      if (goneBecause === null) closeListeners.push(listener);
      else queueMicrotask(listener);
    },
    close() {
      end('this client closed the connection');
    },
  };
}

/** The JSON-RPC library's own failures (no answer, not sent) carry this code; an engine's never do. */
const noAnswerCode = 0;

function failureOf(
  error: JSONRPCErrorException,
  goneBecause: string | null,
  answerWithinMs: number,
): EngineGone | RequestRefused {
  if (error.code !== noAnswerCode) return new RequestRefused(error.message);
  return new EngineGone(
    goneBecause ??
      (error.message === 'Request timeout'
        ? `the engine did not answer within ${answerWithinMs / 1000} s`
        : error.message),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
