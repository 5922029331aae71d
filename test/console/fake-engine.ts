// An engine in memory: it holds a status, obeys requests the way the real one shows it, and tells its subscribers.

import { EVERYTHING } from '../../source/console/reading/reading-model.ts';
import { isAbout } from '../../source/console/reading/timeline-lines.ts';
import type { EngineClient } from '../../source/control/engine-client.ts';
import { EngineGone } from '../../source/control/failure.ts';
import type { Methods, Notifications, Status } from '../../source/control/protocol.ts';
import type { Parameter } from '../../source/engine/parameter.ts';
import type { Answer, Request } from '../../source/engine/request.ts';
import type { GroupStatus, PauseStatus, ProcessStatus } from '../../source/engine/status.ts';
import type { Notice, NoticeLine } from '../../source/notices/notice.ts';
import { noticeLine } from '../../source/notices/text.ts';
import * as evidence from './evidence.ts';
import * as fixtures from './fixtures.ts';
import * as recentPast from './recent-past.ts';
import { live } from './stalled.ts';
import { difference, explanations } from './troubled.ts';

export interface FakeEngine {
  readonly client: EngineClient;
  /** Every request and question, in order. */
  readonly calls: { readonly method: string; readonly parameters: unknown }[];
  /** Ends the connection, as when the engine was killed. */
  hangUp(): void;
  connect(): Promise<EngineClient>;
  /** The next acts are answered with this problem. */
  refuse(problem: string | null): void;
  tell(notice: Partial<Notice> & Pick<Notice, 'id'>): void;
  /** What is being taken of an incident. */
  progress(progress: Notifications['progress']): void;
  /** The pause of a group reaches its end. */
  expire(group: string): void;
  /** Everything is another one, as after a reload. */
  replace(next: Status): void;
  change(group: string, process: string | null, change: Partial<ProcessStatus>): void;
}

const by = 'ops1';

export function fakeEngine(start: Status = fixtures.status): FakeEngine {
  let status = start;
  let notices: readonly NoticeLine[] = fixtures.notices;
  let parameters: readonly Parameter[] = fixtures.parameters;
  let problem: string | null = null;
  let isGone = false;
  let listeners: { [N in keyof Notifications]: ((value: Notifications[N]) => void)[] } = {
    changed: [],
    notice: [],
    progress: [],
    dropped: [],
  };
  let closeListeners: (() => void)[] = [];
  const calls: FakeEngine['calls'] = [];

  const publish = (groups: readonly GroupStatus[]): void => {
    for (const listener of listeners.changed) listener({ whole: false, engine: status.engine, groups });
  };
  const tell: FakeEngine['tell'] = (told) => {
    const line = noticeLine(
      { atMs: fixtures.nowMs, group: null, process: null, instance: null, by, parameters: {}, ...told },
      'en',
    );
    notices = [...notices, line];
    for (const listener of listeners.notice) listener(line);
  };
  const changeEach = (
    target: string,
    turn: (process: ProcessStatus) => ProcessStatus,
    paused?: PauseStatus | null,
  ): readonly string[] => {
    const [groupName, rest] = target.split('/');
    const processName = rest?.split('#')[0];
    const affected: string[] = [];
    const groups = status.groups.map((group) => {
      if (target !== '*' && group.name !== groupName) return group;
      const processes = group.processes.map((process) => {
        if (processName !== undefined && process.name !== processName) return process;
        affected.push(`${group.name}/${process.name}`);
        return turn(process);
      });
      const isWhole = processName === undefined && paused !== undefined;
      return { ...group, processes, paused: isWhole ? paused : group.paused };
    });
    const changed = groups.filter((group, at) => group !== status.groups[at]);
    status = { ...status, groups };
    if (affected.length > 0) publish(changed);
    return affected;
  };

  const act = (request: Request): Answer => {
    if (problem !== null) return { ok: false, problem };
    const { target } = request;
    const [group = null, process = null] = target === '*' ? [] : target.split('/');
    const told = (id: Notice['id'], values: Notice['parameters'] = {}) =>
      tell({ id, group, process, parameters: { target, ...values } });
    let affected: readonly string[] = [];
    switch (request.verb) {
      case 'pause': {
        const until = request.untilMs === null ? null : new Date(request.untilMs).toISOString();
        const paused = { by, why: request.why, until };
        affected = changeEach(target, (one) => ({ ...one, paused }), paused);
        told('operator.paused', { until: until ?? '-', why: request.why });
        break;
      }
      case 'resume':
        affected = changeEach(target, (one) => ({ ...one, paused: null }), null);
        told('operator.resumed', { missed: '-' });
        break;
      case 'stop':
        affected = changeEach(target, (one) => ({
          ...fixtures.process_(one.name, 'stopped', { dependsOn: one.dependsOn, expected: one.expected }),
        }));
        told('operator.stopped');
        break;
      case 'start':
        affected = changeEach(target, (one) =>
          fixtures.process_(one.name, 'running', { pids: [7001], dependsOn: one.dependsOn }),
        );
        told('operator.started');
        break;
      case 'restart':
        affected = changeEach(target, (one) => ({
          ...one,
          instances: one.instances.map((instance) => ({ ...instance, pid: instance.pid + 1000 })),
        }));
        told('operator.restarted');
        break;
      case 'clear':
        affected = changeEach(target, (one) => ({ ...one, restarts: { ...one.restarts, count: 0 } }));
        told('operator.cleared');
        break;
      case 'heartbeat':
        affected = changeEach(target, (one) => one);
        break;
      case 'dump': {
        affected = changeEach(target, (one) => one);
        return { ok: true, affected, incidents: affected.map((_, at) => `fake.i${at + 1}`) };
      }
      case 'set':
      case 'unset':
        affected = change(request);
        for (const field of request.verb === 'set' ? Object.keys(request.values) : request.fields)
          told('operator.changed', { field });
        break;
    }
    return { ok: true, affected };
  };

  const change = (request: Extract<Request, { verb: 'set' | 'unset' }>): readonly string[] => {
    parameters = parameters.map((one) => {
      if (request.verb === 'unset')
        return request.fields.includes(one.field) ? { ...one, current: one.profile, override: null } : one;
      const value = request.values[one.field];
      return value === undefined
        ? one
        : { ...one, current: value, override: { by, at: new Date(fixtures.nowMs).toISOString() } };
    });
    const now = Object.fromEntries(
      parameters
        .filter((one) => one.override !== null)
        .map((one) => [one.field, { value: one.current, by, at: fixtures.ago(0) }]),
    );
    return changeEach(request.target, (process) => ({ ...process, overrides: now }));
  };

  const answers: { [M in keyof Methods]: (parameters: Methods[M]['parameters']) => Methods[M]['result'] } = {
    status: () => status,
    act,
    params: () => parameters,
    events: ({ target }) => notices.filter((line) => isAbout(line, target ?? EVERYTHING)),
    subscribe: () => ({ status, notices }),
    why: ({ target }) => explanations(target),
    reload: () => ({ ok: true, added: [], removed: [], changed: [], restarted: [] }),
    save: ({ target }) => {
      parameters = parameters.map((one) => ({ ...one, profile: one.current, override: null }));
      return { ok: true, affected: [target] };
    },
    saveDiff: () => ({ ok: true, files: difference }),
    output: () => fixtures.output,
    outputSince: ({ target, since }) => evidence.outputSince(target, since),
    incidents: ({ target }) => evidence.incidents(target),
    incident: ({ number }) => evidence.incident(number),
    incidentFile: ({ name }) => evidence.incidentFile(name),
    samples: ({ target }) => recentPast.samples(target),
    restarts: ({ target }) => recentPast.restarts(target),
    threads: ({ target }) => live(target),
    shutdown: () => ({}),
  };

  const client: EngineClient = {
    call: async (method, given) => {
      if (isGone) throw new EngineGone('the engine closed the connection');
      calls.push({ method, parameters: given });
      return answers[method](given);
    },
    on: (notification, listener) => void listeners[notification].push(listener as never),
    onClose: (listener) => void closeListeners.push(listener),
    close: () => {},
  };
  return {
    client,
    calls,
    hangUp: () => {
      isGone = true;
      const told = closeListeners;
      closeListeners = [];
      listeners = { changed: [], notice: [], progress: [], dropped: [] };
      for (const listener of told) listener();
    },
    connect: async () => {
      isGone = false;
      return client;
    },
    refuse: (next) => {
      problem = next;
    },
    tell,
    progress: (progress) => {
      for (const listener of listeners.progress) listener(progress);
    },
    expire: (group) => {
      changeEach(group, (one) => ({ ...one, paused: null }), null);
      tell({ id: 'pause.expired', group, by: null, parameters: { target: group, missed: '-' } });
    },
    replace: (next) => {
      status = next;
      for (const listener of listeners.changed) listener({ whole: true, ...next });
    },
    change: (group, process, next) =>
      void changeEach(process === null ? group : `${group}/${process}`, (one) => ({ ...one, ...next })),
  };
}
