import { expect, test } from 'vitest';
import { FlightRecorder } from '../../source/runtime/flight-recorder.ts';
import { ringBytes } from '../../source/runtime/sample-ring.ts';
import { FakePorts, resting, wallAtBoot } from './fake-ports.ts';

const instanceOf = (pid: number) => ({ pid, startTime: pid, startedAtMs: wallAtBoot });

function recording(count: number, isKept: (slot: string) => boolean = () => true) {
  const ports = new FakePorts();
  const recorder = new FlightRecorder(ports, isKept);
  for (let pid = 1; pid <= count; pid += 1) recorder.begin(`shop/api#${pid}`, instanceOf(pid));
  const lines = (pid: number) =>
    [...recorder.lines(instanceOf(pid))].map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ports, recorder, lines };
}

test('one process is recorded every ten seconds, and the last ten minutes are told', () => {
  const { ports, lines } = recording(1);
  ports.passTo(3_600_000);
  expect(lines(1)).toHaveLength(60);
  expect(lines(1).at(-1)).toMatchObject({
    at: new Date(wallAtBoot + 3_600_000).toISOString(),
    memoryBytes: 1024 ** 2,
    threads: 2,
    state: 'sleeping',
  });
});

test('however many there are, ten a second are sampled, many in one turn, and each gets its turn', () => {
  const { ports, lines } = recording(1_000);
  ports.passTo(10_000 + 3 * 30_000);
  expect(ports.sampled.map((pass) => pass.length)).toEqual([300, 300, 300, 300]);
  expect([1, 200, 201, 1_000].map((pid) => lines(pid).length)).toEqual([2, 2, 1, 1]);
});

test('up to a hundred are all sampled every ten seconds, a hundred and fifty every fifteen', () => {
  for (const [count, seconds] of [
    [100, 10],
    [150, 15],
  ] as const) {
    const { ports } = recording(count);
    ports.passTo(10_000 + 4 * seconds * 1000);
    expect(ports.sampled.map((pass) => pass.length)).toEqual(Array(5).fill(count));
  }
});

test('what keeps no incidents is not recorded, and asked for every ten seconds only', () => {
  const { ports, lines } = recording(5, () => false);
  ports.passTo(99_999);
  expect(ports.sampled).toEqual([]);
  expect(ports.set.get('runtime:recorder')?.atMs).toBe(100_000);
  expect(lines(1)).toEqual([]);
});

test('what a rule has sampled is not sampled again; the newest of it is told too', () => {
  const { ports, recorder, lines } = recording(1);
  for (let second = 1; second <= 35; second += 1) {
    recorder.take(instanceOf(1), { sample: { ...resting, cpuMs: second * 500 }, atMs: second * 1_000 });
    ports.passTo(second * 1_000);
  }
  expect(ports.sampled).toEqual([]);
  expect(lines(1).map((line) => line['at'])).toEqual(
    [1, 11, 21, 31, 35].map((second) => new Date(wallAtBoot + second * 1_000).toISOString()),
  );
  expect(lines(1).at(-1)?.['cpuPercent']).toBe(50);
});

test('an ended process is remembered for a minute, and no more of them than a few hundred', () => {
  const { ports, recorder, lines } = recording(1_000);
  ports.passTo(100_000);
  for (let pid = 1; pid <= 1_000; pid += 1) recorder.end(instanceOf(pid));
  expect(recorder.size).toBe(256);
  expect(lines(1_000)).toHaveLength(1);
  ports.passTo(220_000);
  expect(recorder.size).toBe(0);
  expect(ports.set.size).toBe(0);
});

test('ten minutes of one process are 1,140 bytes', () => {
  expect(ringBytes).toBe(1_140);
});
