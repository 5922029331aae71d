import { expect, test } from 'vitest';
import { restartDelayMs } from '../../source/engine/restart-limit.ts';
import { DrivenEngine } from './driven-engine.ts';

const one = (restart: string) => `groups: { shop: { processes: { api: { command: [api], restart: ${restart} } } } }`;

function running(restart: string): DrivenEngine {
  const engine = new DrivenEngine().begin(one(restart));
  engine.launch('shop/api#1');
  return engine;
}

test('a process that dies is started again at once, and the restart is counted', () => {
  const engine = running('{ limit: 3, within: 1h }').die('shop/api#1');
  expect(engine.wants()).toEqual(['launch shop/api#1']);
  expect(engine.status('shop/api').restarts).toMatchObject({ count: 1, limit: 3, within: '1h' });
  expect(engine.told('process.down')[0]?.parameters).toEqual({ reason: { signal: 'SIGKILL', core: false } });
});

test('one failure more than the limit allows is giving up, said once', () => {
  const engine = running('{ limit: 2, within: 1h, backoff: { initial: 1s, jitter: 0 } }');
  engine.die('shop/api#1').launch('shop/api#1');
  engine.die('shop/api#1').pass(1_000).ring('shop/api#1').launch('shop/api#1');
  engine.die('shop/api#1');
  expect(engine.phase('shop/api#1')).toBe('fatal');
  expect(engine.wants()).toEqual([]);
  expect(engine.told('process.gave-up')).toHaveLength(1);
  expect(engine.told('process.restarting')).toHaveLength(2);
  expect(engine.groupState('shop')).toBe('fatal');
});

test('restarts that have left the window do not count', () => {
  const engine = running('{ limit: 1, within: 1m }');
  engine.die('shop/api#1').launch('shop/api#1');
  engine.pass(60_001).die('shop/api#1');
  expect(engine.phase('shop/api#1')).toBe('launching');
  expect(engine.status('shop/api').restarts.count).toBe(1);
});

test('a program that dies slowly, each time after its start was long good, is given up all the same', () => {
  const engine = running('{ limit: 3, within: 24h, backoff: { initial: 1s, jitter: 0 } }');
  for (let death = 0; death < 3; death += 1) {
    engine.pass(600_000).die('shop/api#1');
    if (engine.phase('shop/api#1') === 'backoff') engine.pass(60_000).ring('shop/api#1');
    engine.launch('shop/api#1');
  }
  engine.pass(600_000).die('shop/api#1');
  expect(engine.phase('shop/api#1')).toBe('fatal');
});

test('limit 0 means never', () => {
  expect(running('{ limit: 0 }').die('shop/api#1').phase('shop/api#1')).toBe('fatal');
});

test('a start that fails counts and backs off like a death', () => {
  const engine = new DrivenEngine().begin(one('{ limit: 1, within: 1h }'));
  for (let start = 0; start < 2; start += 1) {
    const { phase } = engine.slot('shop/api#1');
    if (phase.is !== 'launching') throw new Error(phase.is);
    engine.happen({
      type: 'launched',
      slot: 'shop/api#1',
      launch: phase.launch,
      result: { ok: false, problem: 'no such program' },
    });
  }
  expect(engine.phase('shop/api#1')).toBe('fatal');
  expect(engine.told('process.gave-up')[0]?.parameters['reason']).toBe('no such program');
});

test('the first restart waits for `delay`, each further one for a backoff that grows to its bound', () => {
  const spec = {
    when: 'always',
    limit: 9,
    withinMs: 1,
    delayMs: 250,
    run: null,
    timeoutMs: 1,
    successExitCodes: [0],
    backoff: { initialMs: 1_000, factor: 2, maxMs: 5_000, jitter: 0.1 },
  } as const;
  expect([0, 1, 2, 3, 4, 5].map((earlier) => restartDelayMs(spec, earlier, 0.5))).toEqual([
    250, 1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect([0, 0.999999].map((chance) => restartDelayMs(spec, 1, chance))).toEqual([900, 1_100]);
});

test.each([
  ['always', { code: 0 }, 'launching'],
  ['on-failure', { code: 0 }, 'exited'],
  ['on-failure', { code: 1 }, 'launching'],
  ['on-failure', { signal: 'SIGTERM', core: false }, 'launching'],
  ['on-failure', { unknown: 'nobody told' }, 'launching'],
  ['never', { code: 1 }, 'exited'],
] as const)('restart.when %s after %j: %s', (when, exit, phase) => {
  expect(running(`{ when: ${when} }`).die('shop/api#1', exit).phase('shop/api#1')).toBe(phase);
});

test('an operator restarts as often as he likes; `clear` forgets the counters and tries again', () => {
  const engine = running('{ limit: 1, within: 1h }');
  for (let time = 0; time < 5; time += 1) {
    expect(engine.ask({ verb: 'restart', target: 'shop/api' })).toEqual({ ok: true, affected: ['shop/api'] });
    engine.die('shop/api#1', { signal: 'SIGTERM', core: false }).launch('shop/api#1');
  }
  expect(engine.status('shop/api').restarts.count).toBe(0);
  engine.die('shop/api#1').launch('shop/api#1');
  engine.die('shop/api#1');
  expect(engine.phase('shop/api#1')).toBe('fatal');
  engine.ask({ verb: 'clear', target: 'shop/api' });
  expect(engine.phase('shop/api#1')).toBe('launching');
  expect(engine.status('shop/api').restarts.count).toBe(0);
});

test('with `escalation: exit` giving up ends the engine with status 3', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { escalation: exit, processes: { api: { command: [api], restart: { limit: 0 } } } } }',
  );
  engine.launch('shop/api#1');
  engine.die('shop/api#1');
  expect(engine.effects).toContainEqual({ do: 'exit', status: 3 });
});

test('of several copies each has its own counter, and the highest stands for all', () => {
  const engine = new DrivenEngine().begin(
    'groups: { shop: { processes: { worker: { command: [worker], instances: 2, restart: { limit: 1 } } } } }',
  );
  engine.launch('shop/worker#1');
  engine.launch('shop/worker#2');
  engine.die('shop/worker#2').launch('shop/worker#2');
  engine.die('shop/worker#2');
  expect([engine.phase('shop/worker#1'), engine.phase('shop/worker#2')]).toEqual(['running', 'fatal']);
  expect(engine.status('shop/worker')).toMatchObject({
    state: 'fatal',
    restarts: { count: 1 },
    instances: [{ slot: 1 }],
  });
  expect(engine.groupState('shop')).toBe('degraded');
});

test('`clear` of a process that waits for its next try has it try now', () => {
  const engine = running('{ limit: 3, within: 1h, delay: 1m }').die('shop/api#1');
  expect(engine.phase('shop/api#1')).toBe('backoff');
  engine.ask({ verb: 'clear', target: 'shop/api' });
  expect(engine.phase('shop/api#1')).toBe('launching');
  expect(engine.status('shop/api').restarts.count).toBe(0);
});
