import { expect, test } from 'vitest';
import { api, held, runningUnder, shopOf, vitalTimerOf } from './watched-engine.ts';

const alert = 'onStall: alert';

test('a silence beyond its limit is a stall, said once, with its words', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beganMs = engine.nowMs;
  for (let look = 0; look < 3; look += 1) engine.look(api, held('heartbeat', beganMs));
  expect(engine.told('process.stalled').map(({ parameters }) => parameters['reason'])).toEqual([
    'no heartbeat for 30 s (limit 30s)',
  ]);
  expect(engine.phase(api)).toBe('running');
});

test('a sign of life sets the timer anew, to the moment at which the rule can run out', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beatMs = engine.nowMs + 29_500;
  engine.look(api, held('heartbeat', beatMs));
  expect(vitalTimerOf(engine)).toBe(beatMs + 30_000);
  expect(engine.told('process.stalled')).toHaveLength(0);
});

test('while it is stalled it is looked at each second, and its end is said with how long it took', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beganMs = engine.nowMs;
  engine.look(api, held('heartbeat', beganMs));
  expect(vitalTimerOf(engine)).toBe(beganMs + 31_000);
  engine.look(api, held('heartbeat', beganMs));
  engine.look(api, held('heartbeat', beganMs + 31_500));
  expect(engine.told('process.stall-ended')[0]?.parameters).toEqual({ rule: 'heartbeat', tookMs: 2_000 });
  expect(vitalTimerOf(engine)).toBe(beganMs + 61_500);
  expect(engine.status('shop/api').stalled).toBeNull();
});

test('lost time is taken off: the silence is excused, once, and the timer set to what is left', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beganMs = engine.nowMs;
  engine.look(api, held('heartbeat', beganMs, { ms: 12_000, cause: 'host starvation (throttled)' }));
  expect(engine.told('process.stall-excused')[0]?.parameters).toEqual({
    rule: 'heartbeat',
    reason: 'no heartbeat for 30 s, of which 12 s host starvation (throttled)',
  });
  expect(vitalTimerOf(engine)).toBe(beganMs + 42_000);
  engine.look(api, held('heartbeat', beganMs, { ms: 20_000, cause: 'host starvation (throttled)' }));
  expect(engine.told('process.stall-excused')).toHaveLength(1);
  engine.look(api, held('heartbeat', beganMs, { ms: 20_000, cause: 'host starvation (throttled)' }));
  expect(engine.told('process.stalled')).toHaveLength(1);
});

test.each([
  ['30s', 1_000],
  ['2s', 200],
])('of a limit of %s a loss of less than %i ms is taken off and not talked about', (limit, enoughMs) => {
  const { engine } = runningUnder(`stall: { heartbeat: ${limit} }, ${alert}`);
  const beganMs = engine.nowMs;
  const limitMs = (vitalTimerOf(engine) ?? 0) - beganMs;
  const cause = 'host starvation (it waited for a CPU)';
  engine.look(api, held('heartbeat', beganMs, { ms: enoughMs - 1, cause }));
  expect(engine.told('process.stall-excused')).toHaveLength(0);
  expect(vitalTimerOf(engine)).toBe(beganMs + limitMs + enoughMs - 1);
  engine.look(api, held('heartbeat', beganMs, { ms: enoughMs, cause }));
  expect(engine.told('process.stall-excused')).toHaveLength(1);
  engine.look(api, held('heartbeat', beganMs, { ms: enoughMs, cause }));
  expect(engine.told('process.stalled')).toHaveLength(1);
});

test('a silence that is excused for as long as it lasts is looked at in steps, not without end', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beganMs = engine.nowMs;
  for (let look = 0; look < 100; look += 1) {
    const silentMs = Math.max(engine.nowMs, engine.slot(api).vitalAtMs ?? 0) - beganMs;
    engine.look(api, held('heartbeat', beganMs, { ms: silentMs * 0.9, cause: 'host starvation (steal)' }));
  }
  expect(engine.told('process.stalled')).toHaveLength(1);
  expect(engine.told('process.stall-excused')).toHaveLength(1);
  expect(engine.nowMs - beganMs).toBeGreaterThanOrEqual(300_000);
});

test('time lost while it is stalled already is no sign of life', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  const beganMs = engine.nowMs;
  engine.look(api, held('heartbeat', beganMs));
  engine.look(api, held('heartbeat', beganMs, { ms: 31_000, cause: 'a debugger (gdb, pid 12)' }));
  expect(engine.told('process.stall-ended')).toHaveLength(0);
  expect(engine.status('shop/api').stalled?.rule).toBe('heartbeat');
});

test.each([
  ['output: 5m', held('output', 100_000), 'no output for 5m'],
  ['cpu: { unchangedFor: 10m }', held('cpu', 100_000), 'its CPU time has not moved for 10m'],
  [
    'spinning: { above: 95%, for: 10m }',
    held('spinning', 100_000, undefined, '97 %'),
    'it has used at least 95 % of a core for 10m (97 %)',
  ],
  ['blocked: 2m', held('blocked', 100_000), 'every thread has been blocked, or the process stopped, for 2m'],
])('stall: { %s } tells in words why it is stalled', (rule, sign, reason) => {
  const { engine } = runningUnder(`stall: { ${rule} }, ${alert}`);
  engine.look(api, sign);
  expect(engine.told('process.stalled')[0]?.parameters).toEqual({ rule: sign.rule, reason });
});

test('a resource rule that is broken for its time is said as such, and is no stall', () => {
  const { engine } = runningUnder('rules: [{ metric: memory, above: 512M, for: 5m }]');
  const beganMs = engine.nowMs;
  engine.look(api, held('rules.0', beganMs, undefined, '612M'));
  expect(engine.told('process.rule-broken')[0]?.parameters).toEqual({
    rule: 'rules.0',
    reason: 'memory above 512M for 5m (612M)',
  });
  expect(engine.status('shop/api')).toMatchObject({ stalled: null, state: 'running', why: null });
  engine.look(api, held('rules.0', beganMs + 300_500));
  expect(engine.told('process.rule-kept')[0]?.parameters).toEqual({
    rule: 'rules.0',
    reason: 'memory above 512M',
    tookMs: 1_000,
  });
});

test('what nothing is known of at the moment is looked at again', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  engine.look(api);
  expect(vitalTimerOf(engine)).toBe(engine.nowMs + 1_000);
  expect(engine.told('process.stalled')).toHaveLength(0);
});

test('a stall shows in the status of the process, its group is degraded, and why tells of it', () => {
  const { engine } = runningUnder(`stall: { output: 5m }, ${alert}`);
  expect(engine.groupState('shop')).toBe('up');
  expect(engine.status('shop/api').stall).toEqual([
    { rule: 'output', elapsedMs: 0, limitMs: 300_000, lostMs: 0, lostTo: '', slot: 1 },
  ]);
  engine.look(api, held('output', engine.nowMs));
  expect(engine.status('shop/api')).toMatchObject({
    state: 'running',
    stalled: { rule: 'output', since: new Date(1_700_000_000_000 + engine.nowMs).toISOString() },
    stall: [{ rule: 'output', elapsedMs: 300_000, limitMs: 300_000, lostMs: 0, lostTo: '', slot: 1 }],
    why: 'Alive, but no output for 5m; onStall is alert.',
  });
  expect(engine.groupState('shop')).toBe('degraded');
});

test('of two stalls the earlier stands for the process', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s, output: 10s }, ${alert}`);
  const beganMs = engine.nowMs;
  for (let look = 0; look < 25; look += 1) engine.look(api, held('heartbeat', beganMs), held('output', beganMs));
  expect(engine.told('process.stalled').map(({ parameters }) => parameters['rule'])).toEqual(['output', 'heartbeat']);
  expect(engine.status('shop/api').stalled?.rule).toBe('output');
});

test.each([
  [
    'a stall rule',
    'stall: { heartbeat: 30s }, onStall: alert',
    'stall: { heartbeat: 30s }, onStall: restart',
    'heartbeat',
  ],
  [
    'a bound',
    'rules: [{ metric: memory, above: 512M, for: 30s, then: alert }]',
    'rules: [{ metric: memory, above: 512M, for: 30s, then: restart }]',
    'rules.0',
  ],
] as const)('what is to follow from %s counts at the next look where it is graver', (_what, mild, grave, rule) => {
  const { engine } = runningUnder(mild);
  const beganMs = engine.nowMs;
  engine.look(api, held(rule, beganMs));
  engine.look(api, held(rule, beganMs));
  expect(engine.phase(api)).toBe('running');
  const said = engine.notices.length;
  engine.reload(shopOf(grave));
  engine.look(api, held(rule, beganMs));
  expect(engine.nowMs - beganMs).toBeLessThan(35_000);
  expect(engine.phase(api)).toBe('examining');
  expect(
    engine.notices.slice(said).filter(({ id }) => id === 'process.stalled' || id === 'process.rule-broken'),
  ).toEqual([]);
});

test('what is to follow counts where it is graver, though a probe runs out by no clock', () => {
  const { engine, instance } = runningUnder(
    'stall: { probe: { tcp: "1", interval: 10s, failures: 1 } }, onStall: alert',
  );
  const probe = () =>
    engine.happen({ type: 'probed', slot: api, instance, verdict: { is: 'critical', text: 'refused' } });
  probe();
  engine.happen({ type: 'looked', slot: api, instance, signs: [held('probe', engine.nowMs)] });
  expect(engine.told('process.stalled')).toHaveLength(1);
  engine.ask({ verb: 'set', target: 'shop/api', values: { onStall: 'dump' } });
  expect(probe().collected()).toHaveLength(1);
  expect(probe().collected()).toHaveLength(0);
  expect(engine.told('process.stalled')).toHaveLength(1);
});

test.each([
  ['is paused', { verb: 'pause', target: 'shop/api', why: '', untilMs: null }],
  ['has a longer limit', { verb: 'set', target: 'shop/api', values: { 'stall.heartbeat': '10m' } }],
] as const)('a stall of one that %s has ended, once', (_what, request) => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s, output: 1h }, ${alert}`);
  const beganMs = engine.nowMs;
  engine.look(api, held('heartbeat', beganMs));
  expect(engine.pass(500).ask(request)).toMatchObject({ ok: true });
  expect(engine.told('process.stall-ended').map(({ parameters }) => parameters)).toEqual([
    { rule: 'heartbeat', tookMs: 500 },
  ]);
});

test('a stall has ended where a reload takes its rule away, and a bound is kept where it is another', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  engine.look(api, held('heartbeat', engine.nowMs)).reload(shopOf('stop: { grace: 5s }'));
  expect(engine.told('process.stall-ended')).toHaveLength(1);
  const two = runningUnder(`stall: { heartbeat: 30s, output: 1h }, ${alert}`).engine;
  two.look(api, held('heartbeat', two.nowMs)).reload(shopOf(`stall: { output: 1h }, ${alert}`));
  expect(two.told('process.stall-ended')).toHaveLength(1);
  const bound = (above: string) => `rules: [{ metric: memory, above: ${above}, for: 30s, then: alert }]`;
  const other = runningUnder(bound('512M')).engine;
  other.look(api, held('rules.0', other.nowMs)).reload(shopOf(bound('1G')));
  expect(other.told('process.rule-kept').map(({ parameters }) => parameters['reason'])).toEqual(['memory above 512M']);
});

test('a stalled process that is stopped is not said to work again', () => {
  const { engine } = runningUnder(`stall: { heartbeat: 30s }, ${alert}`);
  engine.look(api, held('heartbeat', engine.nowMs)).ask({ verb: 'stop', target: 'shop/api' });
  expect(engine.told('process.stall-ended')).toEqual([]);
});
