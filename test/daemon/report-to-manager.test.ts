import { expect, test } from 'vitest';
import { type ManagedEngine, reportToManager } from '../../source/daemon/report-to-manager.ts';
import type { ManagerOrders, ServiceNotifier } from '../../source/platform/system.ts';

function managed(watchdogIntervalMs: number | null) {
  const said: string[] = [];
  const heard: { orders: ManagerOrders | null } = { orders: null };
  const manager: ServiceNotifier = {
    ready: (status) => said.push(`ready: ${status}`),
    status: () => {},
    stopping: () => {},
    watchdogIntervalMs,
    watchdog: () => said.push('alive'),
    listen: (orders) => {
      heard.orders = orders;
    },
  };
  const engine: ManagedEngine = {
    every: (ms, act) => {
      said.push(`every ${ms}`);
      act();
    },
    request: (by, request, answer) => {
      said.push(`${by}: ${JSON.stringify(request)}`);
      answer({ ok: true, affected: [] });
    },
    stop: (reason) => said.push(`stop: ${reason}`),
  };
  reportToManager(manager, 'watching 2 processes', engine);
  return { said, heard };
}

test('the manager hears that the engine is ready, and that it lives where it asks for that', () => {
  expect(managed(null).said).toEqual(['ready: watching 2 processes']);
  expect(managed(15_000).said).toEqual(['ready: watching 2 processes', 'every 15000', 'alive']);
});

test('what the manager asks is done in its name: everything paused, resumed, ended', () => {
  const { said, heard } = managed(null);
  let done = 0;
  heard.orders?.pause(() => done++);
  heard.orders?.resume(() => done++);
  heard.orders?.stop('Windows shuts down');
  expect(done).toBe(2);
  expect(said.slice(1)).toEqual([
    'the service manager: {"verb":"pause","target":"--all","why":"the service of procsaver was paused","untilMs":null}',
    'the service manager: {"verb":"resume","target":"--all"}',
    'stop: Windows shuts down',
  ]);
});
