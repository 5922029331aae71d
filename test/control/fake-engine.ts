// An engine that exists only as answers, behind a real socket in a temporary directory.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Caller, Handlers } from '../../source/control/dispatch.ts';
import type { Status } from '../../source/control/protocol.ts';
import { type ControlServer, type ControlServerOptions, serveControl } from '../../source/control/server.ts';
import { incident, incidentFile } from '../console/evidence.ts';

export const emptyStatus: Status = {
  engine: {
    instance: 'default',
    pid: 4312,
    version: '1.0.0',
    startedAt: '2026-11-22T04:12:00.123Z',
    profiles: ['/etc/procsaver/profiles.d/shop.yaml'],
    host: 'web01',
    problems: [],
  },
  groups: [],
};

/** Answers every method; what a test cares about it replaces. */
export function fakeHandlers(own: Partial<Handlers> = {}): Handlers {
  return {
    status: () => emptyStatus,
    act: (request) => ({ ok: true, affected: [request.target] }),
    params: () => [],
    events: () => [],
    subscribe: (_, caller: Caller) => {
      caller.subscribe();
      return { status: emptyStatus, notices: [] };
    },
    why: () => [],
    reload: () => ({ ok: true, added: [], removed: [], changed: [], restarted: [] }),
    save: ({ target }) => ({ ok: true, affected: [target] }),
    saveDiff: () => ({ ok: true, files: [] }),
    output: () => [],
    outputSince: () => ({ sources: [], more: false }),
    incidents: () => [],
    incident: ({ number }) => incident(number),
    incidentFile: ({ name }) => incidentFile(name),
    samples: () => [],
    restarts: () => [],
    threads: () => [],
    shutdown: () => ({}),
    ...own,
  };
}

export interface FakeEngine extends ControlServer {
  readonly path: string;
  /** What the server would have written to the log. */
  readonly reports: readonly string[];
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'control-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function fakeEngine(
  handlers: Partial<Handlers> = {},
  options: Partial<ControlServerOptions> = {},
): Promise<FakeEngine> {
  const path = join(temporaryDirectory(), 'default', 'control.sock');
  const reports: string[] = [];
  const server = await serveControl({
    path,
    handlers: fakeHandlers(handlers),
    peerOf: () => ({ uid: 1001, user: 'ops1' }),
    report: (message) => reports.push(message),
    ...options,
  });
  onTestFinished(() => server.close());
  return { ...server, path: options.path ?? path, reports };
}

/** A client that may write whatever it likes, and gets what comes back, line by line. */
export interface RawClient {
  readonly socket: Socket;
  send(text: string): void;
  next(): Promise<unknown>;
}

export function rawClient(path: string): RawClient {
  const socket = connect({ path, allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return {
    socket,
    send: (text) => socket.write(text),
    next: async () => {
      const { value, done } = await lines.next();
      return done ? 'the connection ended' : JSON.parse(value);
    },
  };
}
