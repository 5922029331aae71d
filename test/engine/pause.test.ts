import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';

const text = 'groups: { batch: { processes: { import: { command: [import] }, export: { command: [export] } } } }';
const wall = (engine: DrivenEngine) => 1_700_000_000_000 + engine.nowMs;

function running(): DrivenEngine {
  const engine = new DrivenEngine().begin(text);
  engine.launch('batch/import#1');
  engine.launch('batch/export#1');
  return engine;
}

test('what dies under a pause is not restarted; at resume it is reported and started, and does not count', () => {
  const engine = running();
  engine.ask({ verb: 'pause', target: 'batch', why: 'patching', untilMs: null });
  expect(engine.status('batch/import').paused).toEqual({ by: 'ops1', why: 'patching', until: null });
  engine.die('batch/import#1');
  expect(engine.phase('batch/import#1')).toBe('waiting');
  expect(engine.wants()).toEqual([]);
  engine.ask({ verb: 'resume', target: 'batch' });
  expect(engine.told('operator.resumed')[0]?.parameters).toMatchObject({ missed: 'batch/import#1' });
  expect(engine.wants()).toEqual(['launch batch/import#1']);
  expect(engine.status('batch/import').restarts.count).toBe(0);
});

test('a pause ends by itself, and says so', () => {
  const engine = running();
  engine.ask({ verb: 'pause', target: 'batch/import', why: '', untilMs: wall(engine) + 60_000 });
  engine.die('batch/import#1').pass(60_000).happen({ type: 'timer-rang', timer: 'pause:batch/import' });
  expect(engine.told('pause.expired')[0]).toMatchObject({
    group: 'batch',
    process: 'import',
    parameters: { missed: 'batch/import#1' },
  });
  expect(engine.phase('batch/import#1')).toBe('launching');
});

test('a paused process is neither started nor restarted, and the refusal says by whom it is paused', () => {
  const engine = running();
  engine.ask({ verb: 'pause', target: 'batch/import', why: 'patching', untilMs: null }, 'ops2');
  const refused = { ok: false, problem: 'batch/import is paused by ops2: patching; resume it first' };
  expect(engine.ask({ verb: 'restart', target: 'batch/import' })).toEqual(refused);
  expect(engine.ask({ verb: 'start', target: 'batch/import' })).toEqual(refused);
});

test('a group restarts around its paused member', () => {
  const engine = running();
  engine.ask({ verb: 'pause', target: 'batch/import', why: '', untilMs: null });
  expect(engine.ask({ verb: 'restart', target: 'batch' })).toEqual({ ok: true, affected: ['batch/export'] });
  expect(engine.wants()).toEqual(['ask batch/export#1']);
});

test('resuming a member of a paused group says what to resume instead', () => {
  const engine = running();
  engine.ask({ verb: 'pause', target: 'batch', why: '', untilMs: null });
  expect(engine.ask({ verb: 'resume', target: 'batch/import' })).toEqual({
    ok: false,
    problem: 'batch/import is paused with its group; resume batch',
  });
});

test('a pause that would end in the past is refused', () => {
  const engine = running();
  expect(engine.ask({ verb: 'pause', target: 'batch', why: '', untilMs: wall(engine) - 1 })).toMatchObject({
    ok: false,
  });
});

test('a backoff that is paused does not go off', () => {
  const engine = new DrivenEngine().begin(
    'groups: { batch: { processes: { import: { command: [import], restart: { delay: 5s } } } } }',
  );
  engine.launch('batch/import#1');
  engine.die('batch/import#1');
  expect(engine.phase('batch/import#1')).toBe('backoff');
  engine.ask({ verb: 'pause', target: 'batch', why: '', untilMs: null });
  engine.pass(5_000).ring('batch/import#1');
  expect(engine.phase('batch/import#1')).toBe('waiting');
});

test('what ends as it may under a pause has ended: it is not begun again at resume', () => {
  const job = 'groups: { night: { processes: { report: { command: [report], restart: { when: on-failure } } } } }';
  const engine = new DrivenEngine().begin(job);
  engine.launch('night/report#1');
  engine.ask({ verb: 'pause', target: 'night', why: '', untilMs: null });
  engine.die('night/report#1', { code: 0 });
  expect(engine.phase('night/report#1')).toBe('exited');
  engine.ask({ verb: 'resume', target: 'night' });
  expect(engine.wants()).toEqual([]);
  expect(engine.phase('night/report#1')).toBe('exited');
  expect(engine.told('operator.resumed')[0]?.parameters).toMatchObject({ missed: '-' });
});
