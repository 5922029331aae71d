import { expect, test } from 'vitest';
import type { Instance } from '../../source/ports/instance.ts';
import { DrivenEngine } from './driven-engine.ts';

const text = (restart = '{ run: [start-database], limit: 2, within: 1h, timeout: 30s }') =>
  `groups: { shop: { processes: { database: { match: { executable: postgres }, restart: ${restart} } } } }`;
const instance = (pid: number): Instance => ({ pid, startTime: pid, startedAtMs: pid });
const slot = 'shop/database#1';

function found(...pids: number[]): DrivenEngine {
  return new DrivenEngine()
    .begin(text())
    .happen({ type: 'searched', process: 'shop/database', found: pids.map(instance) });
}

function scriptEnds(engine: DrivenEngine, ok: boolean): DrivenEngine {
  const { phase } = engine.slot(slot);
  if (phase.is !== 'scripting') throw new Error(`the script does not run, it is ${phase.is}`);
  return engine.happen({ type: 'script-ended', slot, run: phase.run, result: ok ? { ok } : { ok, problem: 'exit 1' } });
}

test('what runs already is found, watched and not touched', () => {
  const engine = new DrivenEngine().begin(text());
  expect(engine.wants()).toEqual(['search shop/database']);
  engine.happen({ type: 'searched', process: 'shop/database', found: [instance(7)] });
  expect(engine.wants()).toEqual(['watch shop/database#1']);
  expect(engine.status('shop/database')).toMatchObject({
    state: 'running',
    instances: [{ slot: 1, pid: 7 }],
    restarts: { count: 0 },
  });
});

test('where nothing matches the restart script runs, and that first start counts', () => {
  const engine = found();
  expect(engine.wants()).toEqual(['run-script shop/database#1']);
  expect(engine.status('shop/database').restarts.count).toBe(1);
});

test('after the script the process is looked for until it is there', () => {
  const engine = scriptEnds(found(), true);
  expect(engine.wants()).toEqual(['search shop/database']);
  engine.happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.phase(slot)).toBe('searching');
  engine.pass(50).ring(slot);
  expect(engine.wants()).toEqual(['search shop/database']);
  engine.happen({ type: 'searched', process: 'shop/database', found: [instance(8)] });
  expect(engine.phase(slot)).toBe('running');
});

test('a death runs the script at once; at the limit it is given up without another run', () => {
  const engine = found(7).die(slot);
  expect(engine.wants()).toEqual(['run-script shop/database#1']);
  expect(engine.told('process.restarting')[0]?.parameters).toMatchObject({ count: 1, limit: 2 });
  scriptEnds(engine, false);
  expect(engine.phase(slot)).toBe('backoff');
  engine.pass(2_000).ring(slot).happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.status('shop/database').restarts.count).toBe(2);
  scriptEnds(engine, false);
  expect(engine.phase(slot)).toBe('fatal');
  expect(engine.told('process.gave-up')).toHaveLength(1);
});

test('a script that hangs is ended at its time limit', () => {
  const engine = found().pass(30_000).ring(slot);
  expect(engine.wants()).toContain('cancel-script shop/database#1');
  expect(engine.told('action.failed')[0]?.parameters).toMatchObject({
    reason: 'the restart script ran into its time limit',
  });
});

test('not found in time after the script is a failed restart', () => {
  const engine = scriptEnds(found(), true).pass(60_000).ring(slot);
  expect(engine.told('process.missing')).toHaveLength(1);
  expect(engine.phase(slot)).toBe('backoff');
});

test('a search that began before a death does not bring the dead back', () => {
  const engine = found(7).die(slot);
  engine.happen({ type: 'searched', process: 'shop/database', found: [instance(7)] });
  expect(engine.phase(slot)).toBe('scripting');
});

test('without a restart script it waits until something else starts it, even after giving up', () => {
  const engine = new DrivenEngine()
    .begin(text('{ limit: 2 }'))
    .happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.told('process.missing')).toHaveLength(1);
  expect(engine.status('shop/database').state).toBe('waiting');
  engine.happen({ type: 'searched', process: 'shop/database', found: [instance(9)] });
  expect(engine.phase(slot)).toBe('running');
});

test('a process given up that comes back by itself is running again, its counter kept', () => {
  const engine = new DrivenEngine()
    .begin(text('{ run: [start], limit: 0 }'))
    .happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.phase(slot)).toBe('fatal');
  engine.happen({ type: 'searched', process: 'shop/database', found: [instance(9)] });
  expect(engine.phase(slot)).toBe('running');
});

test("an operator's start runs the script though the limit is reached, and does not count", () => {
  const engine = new DrivenEngine()
    .begin(text('{ run: [start], limit: 0 }'))
    .happen({ type: 'searched', process: 'shop/database', found: [] });
  engine.ask({ verb: 'start', target: 'shop/database' });
  engine.happen({ type: 'searched', process: 'shop/database', found: [] });
  expect(engine.wants()).toEqual(['run-script shop/database#1']);
  expect(engine.status('shop/database').restarts.count).toBe(0);
});

const looks = (...pids: number[]) =>
  ({ type: 'searched', process: 'shop/database', found: pids.map(instance) }) as const;

test('the first process of a daemon, which ends once its child runs, is no death: its successor is taken, no script runs', () => {
  const engine = scriptEnds(found(), true).happen(looks(8));
  engine.pass(3).die(slot, { code: 0 });
  expect(engine.wants()).toEqual(['search shop/database']);
  engine.happen(looks(9));
  expect(engine.phase(slot)).toBe('running');
  expect(engine.status('shop/database')).toMatchObject({ instances: [{ pid: 9 }], restarts: { count: 1 } });
  expect(engine.told('process.restarting')).toHaveLength(0);
  expect(engine.told('process.missing')).toHaveLength(0);
});

test('what ends in good order soon after it was found and leaves nobody in its place is a death like any other', () => {
  const engine = found(7).pass(999).die(slot, { code: 0 }).happen(looks());
  expect(engine.phase(slot)).toBe('lacking');
  engine.pass(200).ring(slot);
  expect(engine.wants()).toEqual(['run-script shop/database#1']);
  expect(engine.told('process.missing')).toHaveLength(0);
});

test('a signal, or an end after some time, is a death at once', () => {
  expect(found(7).die(slot).wants()).toEqual(['run-script shop/database#1']);
  expect(found(7).pass(1_000).die(slot, { code: 0 }).wants()).toEqual(['run-script shop/database#1']);
  expect(found(7).die(slot, { code: 1 }).wants()).toEqual(['run-script shop/database#1']);
});
