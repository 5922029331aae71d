import { expect, test } from 'vitest';
import type { Instance } from '../../source/ports/instance.ts';
import type { ServiceState } from '../../source/ports/service-manager.ts';
import { DrivenEngine } from './driven-engine.ts';

const text = (rest = '') => `groups: { spooler: { processes: { cups: { service: cups.service${rest} } } } }`;
const slot = 'spooler/cups#1';
const main = (pid: number): Instance => ({ pid, startTime: pid, startedAtMs: pid });
const up = (pid: number): ServiceState => ({ is: 'up', main: main(pid), exit: null, words: 'active' });
const down: ServiceState = { is: 'down', main: null, exit: { code: 1 }, words: 'failed (Result: exit-code)' };
const changing: ServiceState = { is: 'changing', main: null, exit: null, words: 'activating (auto-restart)' };
const says = (state: ServiceState) => ({ type: 'service-changed', process: 'spooler/cups', state }) as const;

function running(rest?: string): DrivenEngine {
  return new DrivenEngine().begin(text(rest)).happen(says(up(7)));
}

function startEnds(engine: DrivenEngine, ok: boolean): DrivenEngine {
  const { phase } = engine.slot(slot);
  if (phase.is !== 'scripting') throw new Error(phase.is);
  return engine.happen({
    type: 'script-ended',
    slot,
    run: phase.run,
    result: ok ? { ok } : { ok, problem: 'job failed' },
  });
}

test('a service that is up is watched by its main process as well', () => {
  const engine = new DrivenEngine().begin(text());
  expect(engine.wants()).toEqual(['search spooler/cups']);
  expect(engine.happen(says(up(7))).wants()).toEqual(['watch spooler/cups#1']);
  expect(engine.status('spooler/cups')).toMatchObject({
    kind: 'service',
    state: 'running',
    instances: [{ slot: 1, pid: 7 }],
  });
});

test('after a death its manager is heard first; what it brings back by itself does not count', () => {
  const engine = running().die(slot);
  expect(engine.wants()).toEqual(['search spooler/cups']);
  expect(engine.happen(says(changing)).wants()).toEqual([]);
  engine.happen(says(up(8)));
  expect(engine.status('spooler/cups')).toMatchObject({
    state: 'running',
    instances: [{ pid: 8 }],
    restarts: { count: 0 },
  });
});

test('what its manager leaves down is started, and that counts', () => {
  const engine = running().die(slot).happen(says(down));
  expect(engine.wants()).toEqual(['run-script spooler/cups#1']);
  expect(engine.status('spooler/cups')).toMatchObject({ restarts: { count: 1 }, lastExit: { code: 1 } });
  startEnds(engine, true).happen(says(up(9)));
  expect(engine.phase(slot)).toBe('running');
});

test('a service that fails at its start is given up at the limit', () => {
  const engine = running(', restart: { limit: 1 }').die(slot).happen(says(down));
  startEnds(engine, true).happen(says(down));
  expect(engine.phase(slot)).toBe('fatal');
});

test('a manager that says nothing does not hold the restart up for ever', () => {
  const engine = running().die(slot).pass(10_000).ring(slot);
  expect(engine.wants()).toEqual(['run-script spooler/cups#1']);
});

test('a stop goes through the manager, and no tree is killed', () => {
  const engine = running();
  engine.ask({ verb: 'stop', target: 'spooler/cups' });
  expect(engine.wants()).toEqual(['ask spooler/cups#1']);
  engine.die(slot, { signal: 'SIGTERM', core: false });
  expect(engine.wants()).toEqual([]);
  expect(engine.phase(slot)).toBe('stopped');
});

test('a service without a main process is up while its manager says so', () => {
  const engine = new DrivenEngine().begin(text()).happen(says({ ...up(1), main: null }));
  expect(engine.status('spooler/cups')).toMatchObject({ state: 'running', instances: [] });
  engine.happen(says(down)).happen(says(down));
  expect(engine.phase(slot)).toBe('scripting');
});

test('a service that does not exist is missing until it appears', () => {
  const engine = new DrivenEngine()
    .begin(text())
    .happen(says({ is: 'unknown', main: null, exit: null, words: 'not found' }));
  expect(engine.told('process.missing')).toHaveLength(1);
  expect(engine.happen(says(up(3))).phase(slot)).toBe('running');
});
