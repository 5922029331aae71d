import { expect, test } from 'vitest';
import type { ProbeVerdict } from '../../source/ports/stall-prober.ts';
import { api, held, runningUnder } from './watched-engine.ts';

const rule = 'stall: { probe: { http: "http://localhost/", interval: 10s, failures: 3 } }, onStall: alert';

function probedUnder(fields: string) {
  const { engine, instance } = runningUnder(fields);
  const probe = (is: ProbeVerdict['is'], text = is as string) =>
    engine.pass(10_000).happen({ type: 'probed', slot: api, instance, verdict: { is, text } });
  const look = (heldAtMs: number, lostMs = 0) => {
    const lost = { ms: lostMs, cause: lostMs === 0 ? '' : 'host starvation (steal)' };
    return engine.happen({ type: 'looked', slot: api, instance, signs: [held('probe', heldAtMs, lost)] });
  };
  const isLookedAt = () => engine.effects.some((effect) => effect.do === 'look');
  return { engine, probe, look, isLookedAt };
}

test('failures in a row are counted, time-outs among them; when there are enough it is looked whether time was lost', () => {
  const { engine, probe, look, isLookedAt } = probedUnder(rule);
  const beganMs = engine.nowMs;
  probe('critical');
  probe('timeout');
  expect(isLookedAt()).toBe(false);
  expect(engine.status('shop/api').stall).toMatchObject([
    { rule: 'probe', elapsedMs: 20_000, limitMs: 30_000, lostMs: 0, slot: 1, probe: { failures: 2, limit: 3 } },
  ]);
  probe('critical', 'HTTP CRITICAL: 500');
  expect(isLookedAt()).toBe(true);
  look(beganMs);
  expect(engine.told('process.stalled')[0]?.parameters).toEqual({
    rule: 'probe',
    reason: '3 probes in a row failed: HTTP CRITICAL: 500',
  });
  expect(engine.status('shop/api').stalled?.rule).toBe('probe');
});

test('one that is well begins the count anew, and ends a stall', () => {
  const { engine, probe, look } = probedUnder(rule);
  const beganMs = engine.nowMs;
  probe('critical');
  probe('critical');
  probe('ok');
  probe('critical');
  probe('critical');
  expect(engine.told('process.stalled')).toHaveLength(0);
  probe('critical');
  look(beganMs + 30_000);
  expect(engine.told('process.stalled')).toHaveLength(1);
  probe('ok');
  expect(engine.told('process.stall-ended')[0]?.parameters).toEqual({ rule: 'probe', tookMs: 10_000 });
  expect(engine.status('shop/api').stalled).toBeNull();
});

test('a warning neither counts nor clears, and is said once until the verdict changes', () => {
  const { engine, probe, look } = probedUnder(rule);
  const beganMs = engine.nowMs;
  probe('critical');
  probe('critical');
  probe('warning', 'slow');
  probe('warning', 'slow');
  probe('unknown', 'no such host');
  expect(engine.told('process.probe-warned').map(({ parameters }) => parameters['reason'])).toEqual([
    'slow',
    'no such host',
  ]);
  probe('critical');
  look(beganMs);
  expect(engine.told('process.stalled')).toHaveLength(1);
  probe('ok');
  probe('warning', 'slow');
  expect(engine.told('process.probe-warned')).toHaveLength(3);
});

test('failures of which half the time was lost are excused, and judged again at the next one', () => {
  const { engine, probe, look, isLookedAt } = probedUnder(rule);
  const beganMs = engine.nowMs;
  for (let failure = 0; failure < 3; failure += 1) probe('timeout');
  look(beganMs, 20_000);
  expect(engine.told('process.stalled')).toHaveLength(0);
  expect(engine.told('process.stall-excused')).toHaveLength(1);
  probe('timeout');
  expect(isLookedAt()).toBe(true);
  look(beganMs, 25_000);
  expect(engine.told('process.stall-excused')).toHaveLength(1);
  probe('timeout');
  look(beganMs, 20_000);
  expect(engine.told('process.stalled')).toHaveLength(1);
});

test('a warning alone is no change of how it stands', () => {
  const { engine, probe } = probedUnder(rule);
  probe('warning');
  expect(engine.status('shop/api')).toMatchObject({ stalled: null, state: 'running' });
  expect(engine.groupState('shop')).toBe('up');
});
