import { expect, test } from 'vitest';
import { explain } from '../../source/engine/explain.ts';
import { DrivenEngine } from './driven-engine.ts';

const text = `
groups:
  shop:
    processes:
      database: { command: [database], restart: { limit: 1, within: 1h } }
      api: { command: [api], dependsOn: { database: started } }
`;

/** Seconds of the test's own clock stand for the time of day. */
function told(engine: DrivenEngine, name: string): string {
  const index = engine.state.plan.indexOf.get(name) ?? -1;
  const now = { monoMs: engine.nowMs, wallMs: engine.nowMs };
  return explain(engine.state, index, now, (wallMs) => `second ${Math.round(wallMs / 1000)}`).join(' ');
}

test('what was given up says the limit, when it was used, and who waits for it', () => {
  const engine = new DrivenEngine().begin(text);
  engine.launch('shop/database#1');
  engine.launch('shop/api#1');
  engine.pass(5_000).die('shop/database#1').launch('shop/database#1');
  engine.pass(5_000).die('shop/database#1').die('shop/api#1');
  expect(told(engine, 'shop/database')).toBe(
    'shop/database is fatal since second 110. Given up: 1 restart within 1h did not cure it (killed by SIGKILL). It is not restarted by itself; `procsaver clear shop/database` forgets the counters and tries again. 1 of 1 restart within 1h is used, the last at second 105; the next leaves the window at second 3705. shop/api waits for it.',
  );
  expect(told(engine, 'shop/api')).toContain(
    'shop/api is waiting since second 110. It waits for shop/database to be started.',
  );
});

test('a paused process says by whom and until when', () => {
  const engine = new DrivenEngine().begin(text);
  engine.launch('shop/database#1');
  engine.ask({ verb: 'pause', target: 'shop', why: 'patching', untilMs: 1_700_000_000_000 + 200_000 });
  expect(told(engine, 'shop/database')).toBe(
    'shop/database is running since second 100. Its group shop is paused by ops1 until second 1700000200: patching.',
  );
});

test('what an operator stopped says so', () => {
  const engine = new DrivenEngine().begin(text);
  engine.launch('shop/database#1');
  engine.ask({ verb: 'stop', target: 'shop/database' });
  engine.die('shop/database#1', { signal: 'SIGTERM', core: false });
  expect(told(engine, 'shop/database')).toContain('is stopped since second 100, as an operator wants it.');
});

test('while it waits for its next start it says why the last one failed', () => {
  const engine = new DrivenEngine().begin(text.replace('limit: 1', 'limit: 3'));
  const fail = (): DrivenEngine => {
    const { phase } = engine.slot('shop/database#1');
    const launch = phase.is === 'launching' ? phase.launch : '';
    return engine.happen({
      type: 'launched',
      slot: 'shop/database#1',
      launch,
      result: { ok: false, problem: 'no such program: database' },
    });
  };
  fail();
  fail();
  const reason = 'It waits a while before its next restart; its last start failed: no such program: database.';
  expect(told(engine, 'shop/database')).toContain(reason);
  expect(engine.status('shop/database').lastFailure).toBe('no such program: database');
  engine.pass(10_000).ring('shop/database#1').launch('shop/database#1');
  expect(engine.status('shop/database').lastFailure).toBeNull();
  engine.die('shop/database#1', { code: 1 });
  expect(told(engine, 'shop/database')).toContain('it last ended with exit 1.');
});

test('a stall says since when it lasts, and what its profile makes of it', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { api: { command: [api], stall: { output: 5m }, onStall: alert } } } }',
  );
  engine.launch('shop/api#1');
  engine.look('shop/api#1', { rule: 'output', heldAtMs: 100_000, lost: { ms: 0, cause: '' }, measured: '' });
  expect(told(engine, 'shop/api')).toBe(
    'shop/api is running since second 100. Alive, but no output for 5m; onStall is alert. Its rule output has been broken since second 400.',
  );
});
