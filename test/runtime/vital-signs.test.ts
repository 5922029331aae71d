// Long because each kind of sign is tried against the one clock and the one set of fake ports that it shares with the others.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sign } from '../../source/engine/sign.ts';
import type { ProbeVerdict } from '../../source/ports/stall-prober.ts';
import { VitalSigns } from '../../source/runtime/vital-signs.ts';
import { FakePorts, resting, wallAtBoot } from './fake-ports.ts';
import { specWith } from './spec.ts';

const instance = { pid: 41, startTime: 7, startedAtMs: wallAtBoot };

let ports: FakePorts;
let signs: VitalSigns;
let probed: ProbeVerdict[];

beforeEach(() => {
  ports = new FakePorts();
  probed = [];
  signs = new VitalSigns(ports, { probed: (_slot, _instance, verdict) => probed.push(verdict), sampled: () => {} });
});

function watch(fields: string, heartbeatMs: number | null = null): void {
  signs.watch({
    slot: 'shop/api#1',
    instance,
    spec: specWith(fields),
    heartbeatMs,
    heartbeatFile: null,
    outputFile: '/var/shop.api.1.log',
  });
}

function look(): Readonly<Record<string, Sign>> {
  let seen: readonly Sign[] | null = null;
  signs.look(instance, (told) => {
    seen = told;
  });
  if (seen === null) throw new Error('the look was not answered');
  return Object.fromEntries((seen as readonly Sign[]).map((sign) => [sign.rule, sign]));
}

describe('a heartbeat', () => {
  test('is held when it was watched first, then at each beat', () => {
    watch('stall: { heartbeat: 30s }');
    ports.passTo(20_000);
    expect(look()['heartbeat']?.heldAtMs).toBe(0);
    signs.beat(instance);
    ports.passTo(25_000);
    expect(look()['heartbeat']?.heldAtMs).toBe(20_000);
  });

  test('has nothing sampled and no timer of its own', () => {
    watch('stall: { heartbeat: 30s, output: 1m }');
    expect(ports.set.size).toBe(0);
    ports.passTo(100_000);
    expect(ports.sampled).toEqual([]);
  });

  test('is heard before it is judged', () => {
    watch('stall: { heartbeat: 30s }');
    look();
    expect(ports.drains).toBe(1);
  });

  test('that the process asks for anew begins then', () => {
    watch('stall: { heartbeat: 30s }');
    ports.passTo(20_000);
    watch('stall: { heartbeat: 30s }', 10_000);
    expect(look()['heartbeat']?.heldAtMs).toBe(20_000);
  });

  test('loses nothing that was seen when the rules are told again', () => {
    watch('stall: { heartbeat: 30s }');
    ports.passTo(9_000);
    signs.beat(instance);
    ports.passTo(20_000);
    watch('stall: { heartbeat: 30s, output: 1m }');
    expect(look()['heartbeat']?.heldAtMs).toBe(9_000);
    expect(look()['output']?.heldAtMs).toBe(20_000);
  });
});

test('output counts from the moment of the last write between two looks', () => {
  ports.mark = { sizeBytes: 10, writtenAtMs: wallAtBoot - 5_000 };
  watch('stall: { output: 1m }');
  ports.passTo(60_000);
  ports.mark = { sizeBytes: 20, writtenAtMs: wallAtBoot + 41_000 };
  expect(look()['output']?.heldAtMs).toBe(41_000);
});

describe('CPU time', () => {
  test('is sampled ten times within the limit', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(30_000);
    expect(ports.sampled).toHaveLength(10);
    expect(ports.sampled[0]?.[0]?.wish).toEqual({ tree: true, descriptors: false, threadStates: false });
  });

  test('that moves is a sign of life at the sample that saw it, and the first sample is one', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(7_000);
    ports.sample = { ...resting, cpuMs: 101 };
    ports.passTo(14_000);
    expect(look()['cpu']?.heldAtMs).toBe(9_000);
  });

  test('that seems to stand still is sampled afresh before it is said', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(34_000);
    ports.sample = { ...resting, cpuMs: 102 };
    expect(look()['cpu']?.heldAtMs).toBe(34_000);
  });

  test('that evidence has made move ends no silence that was over; what moves after the next sample does', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(34_000);
    expect(look()['cpu']?.heldAtMs).toBe(3_000);
    signs.stir(instance);
    ports.sample = { ...resting, cpuMs: resting.cpuMs + 1 };
    ports.passTo(38_000);
    ports.sample = { ...resting, cpuMs: resting.cpuMs + 2 };
    signs.settle(instance);
    ports.passTo(50_000);
    expect(look()['cpu']?.heldAtMs).toBe(3_000);
    ports.sample = { ...resting, cpuMs: resting.cpuMs + 3 };
    ports.passTo(54_000);
    expect(look()['cpu']?.heldAtMs).toBeGreaterThan(50_000);
  });

  test('of one that works counts also while evidence of it is taken', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(10_000);
    signs.stir(instance);
    ports.sample = { ...resting, cpuMs: resting.cpuMs + 1 };
    ports.passTo(14_000);
    expect(look()['cpu']?.heldAtMs).toBe(12_000);
  });

  test('that stands still is answered for when the fresh sample is there, also when that takes a while', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(34_000);
    ports.held = [];
    const told: (readonly Sign[])[] = [];
    signs.look(instance, (seen) => told.push(seen));
    expect(told).toEqual([]);
    ports.passTo(34_500);
    for (const answer of ports.held) answer();
    expect(told[0]?.[0]).toMatchObject({ rule: 'cpu', heldAtMs: 3_000 });
  });

  test('of one that is watched no more is answered for with nothing', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    ports.passTo(34_000);
    ports.held = [];
    const told: (readonly Sign[])[] = [];
    signs.look(instance, (seen) => told.push(seen));
    signs.unwatch(instance);
    for (const answer of ports.held) answer();
    expect(told).toEqual([[]]);
  });
});

test('spinning: the use of a core over one period, and how much that was', () => {
  watch('stall: { spinning: { above: 90%, for: 50s } }');
  for (let second = 5; second <= 60; second += 5) {
    const busyMs = Math.max(0, second - 20) * 980;
    ports.sample = { ...resting, cpuMs: busyMs };
    ports.passTo(second * 1_000);
  }
  expect(look()['spinning']).toMatchObject({ heldAtMs: 20_000, measured: '98.0%' });
});

test('spinning: what held at the last sample is sampled afresh before it is said', () => {
  watch('stall: { spinning: { above: 50%, for: 1s } }');
  ports.sample = { ...resting, cpuMs: 0 };
  ports.passTo(4_000);
  // The look is due together with the sample, and comes first.
  ports.monoMs = 5_002;
  expect(look()['spinning']).toMatchObject({ heldAtMs: 5_002, measured: '0.0%' });
});

test('blocked: a state that lasts, counted from the first sample that saw it', () => {
  watch('stall: { blocked: 20s }');
  ports.passTo(4_000);
  ports.sample = { ...resting, state: 'stopped' };
  ports.passTo(9_000);
  expect(look()['blocked']).toMatchObject({ heldAtMs: 6_000, measured: 'stopped by a signal' });
  ports.sample = resting;
  ports.passTo(12_000);
  expect(look()['blocked']?.heldAtMs).toBe(12_000);
});

test('a bound that is broken says by how much; a number that cannot be read counts as kept and is said', () => {
  watch('rules: [{ metric: memory, above: 512M, for: 30s }, { metric: descriptors, above: 5, for: 30s }]');
  ports.sample = { ...resting, memoryBytes: 612 * 1024 ** 2, descriptors: null };
  ports.passTo(9_000);
  const seen = look();
  expect(seen['rules.0']).toMatchObject({ heldAtMs: 3_000, measured: '612M' });
  expect(seen['rules.1']).toMatchObject({ heldAtMs: 9_000, measured: 'it cannot be read' });
});

describe('lost time', () => {
  test('is read at the looks, and a debugger takes all of it', () => {
    watch('stall: { heartbeat: 30s }');
    ports.passTo(30_000);
    ports.lost = { held: 'debugger gdb, pid 4711' };
    expect(look()['heartbeat']?.lost).toEqual({ ms: 30_000, cause: 'debugger gdb, pid 4711' });
  });

  test('is read at the sample that shows a silence first, and at no other before that', () => {
    watch('stall: { cpu: { unchangedFor: 30s } }');
    const atFirst = ports.readings;
    for (let second = 3; second <= 12; second += 3) {
      ports.sample = { ...resting, cpuMs: second };
      ports.passTo(second * 1_000);
    }
    expect(ports.readings).toBe(atFirst);
    ports.passTo(15_000);
    expect(ports.readings).toBe(atFirst + 1);
  });

  test('of a silence that lasts is read four times within the limit, not at each sample', () => {
    watch('stall: { cpu: { unchangedFor: 60s } }');
    ports.passTo(12_000);
    const atFirst = ports.readings;
    ports.passTo(60_000);
    expect(ports.sampled).toHaveLength(10);
    expect(ports.readings - atFirst).toBe(2);
    look();
    expect(ports.readings - atFirst).toBe(3);
  });

  test.each(['traced', 'stopped'] as const)('is read at each sample that shows it %s', (state) => {
    watch('stall: { cpu: { unchangedFor: 60s } }');
    ports.passTo(12_000);
    const atFirst = ports.readings;
    ports.sample = { ...resting, state };
    ports.passTo(30_000);
    expect(ports.readings - atFirst).toBe(3);
  });

  test('of a frozen cgroup is all of the silence, though no sample shows it', () => {
    watch('stall: { cpu: { unchangedFor: 60s } }');
    ports.passTo(6_000);
    ports.lost = { held: 'its cgroup is frozen' };
    ports.passTo(66_000);
    const sign = look()['cpu'];
    expect(sign).toMatchObject({ heldAtMs: 6_000, lost: { ms: 60_000, cause: 'its cgroup is frozen' } });
  });

  test('is read at each sample while it is held, so that no more than a sample is taken off after that', () => {
    watch('stall: { cpu: { unchangedFor: 60s } }');
    ports.passTo(6_000);
    ports.lost = { held: 'its cgroup is frozen' };
    ports.passTo(32_000);
    ports.lost = { held: null };
    ports.passTo(66_000);
    const lostMs = look()['cpu']?.lost.ms ?? 0;
    expect(lostMs).toBeGreaterThanOrEqual(26_000);
    expect(lostMs).toBeLessThanOrEqual(36_000);
  });

  test('that no longer belongs to a silence takes nothing off of one that begins later', () => {
    watch('stall: { cpu: { unchangedFor: 60s } }');
    for (let second = 6; second <= 54; second += 6) {
      ports.sample = { ...resting, cpuMs: second };
      ports.passTo(second * 1_000);
    }
    ports.lost = { waitedMs: 20_000 };
    ports.passTo(60_000);
    ports.passTo(114_000);
    expect(look()['cpu']).toMatchObject({ heldAtMs: 54_000, lost: { ms: 6_000 } });
  });

  test('a timer that rings more than a second late gives every rule its whole limit again', () => {
    watch('stall: { heartbeat: 30s }');
    ports.passTo(90_000);
    signs.rang(30_000);
    expect(look()['heartbeat']).toMatchObject({ heldAtMs: 0, lost: { ms: 90_000 } });
    signs.rang(89_500);
    ports.passTo(95_000);
    expect(look()['heartbeat']?.lost.ms).toBe(90_000);
  });
});

describe('a probe', () => {
  const probe = 'stall: { probe: { tcp: "1", interval: 10s, timeout: 1s, failures: 3 } }';
  const say = (is: ProbeVerdict['is']) => ports.probes.get(instance.pid)?.({ is, text: is });

  test('that stays well is told to nobody; one that fails is, and when it is well again', () => {
    watch(probe);
    for (const is of ['ok', 'ok', 'critical', 'warning', 'ok', 'ok'] as const) say(is);
    expect(probed.map(({ is }) => is)).toEqual(['critical', 'warning', 'ok']);
  });

  test('counts failures as time', () => {
    watch(probe);
    say('critical');
    say('unknown');
    say('timeout');
    expect(signs.elapsed(instance)).toMatchObject([
      { rule: 'probe', elapsedMs: 20_000, limitMs: 30_000, lostMs: 0, probe: { failures: 2, limit: 3 } },
    ]);
    say('ok');
    expect(signs.elapsed(instance)[0]?.elapsedMs).toBe(0);
  });

  test('was held at the last verdict before those failures', () => {
    watch(probe);
    ports.passTo(10_000);
    say('ok');
    ports.passTo(20_000);
    say('timeout');
    ports.passTo(30_000);
    say('timeout');
    expect(look()['probe']).toMatchObject({ heldAtMs: 10_000, measured: 'timeout' });
  });

  test('is asked no more when nobody watches', () => {
    watch(probe);
    signs.unwatch(instance);
    expect(ports.probes.size).toBe(0);
  });
});

test('how long each stall rule has been silent, for people', () => {
  watch('stall: { heartbeat: 30s }, rules: [{ metric: memory, above: 512M, for: 30s }]');
  ports.passTo(12_000);
  expect(signs.elapsed(instance)).toEqual([
    { rule: 'heartbeat', elapsedMs: 12_000, limitMs: 30_000, lostMs: 0, lostTo: '' },
  ]);
});

test('whoever is watched no more leaves no timer behind', () => {
  watch('stall: { cpu: { unchangedFor: 30s } }');
  expect(ports.set.size).toBe(1);
  signs.unwatch(instance);
  expect(ports.set.size).toBe(0);
  expect(look()).toEqual({});
});

test('those that are due together are sampled in one pass', () => {
  watch('stall: { cpu: { unchangedFor: 30s } }');
  const other = { pid: 42, startTime: 8, startedAtMs: wallAtBoot };
  const spec = specWith('stall: { blocked: 10s }');
  signs.watch({ slot: 'shop/b#1', instance: other, spec, heartbeatMs: null, heartbeatFile: null, outputFile: '/b' });
  ports.passTo(6_000);
  expect(ports.sampled.map((pass) => pass.length)).toEqual([1, 1, 2, 1, 1, 2]);
});
