// What looking at the living costs: one sample beside a bare read of /proc, then the rules `cpu` and `output` on 1,000 and 10,000 watched.
// This machine may not have 10,000 processes, so ten entries watch each of the same 1,000; every ten of a process are read one by one.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClock } from '../../../source/platform/linux/clock.ts';
import { LinuxMeter } from '../../../source/platform/linux/meter.ts';
import { instanceOf, readStat } from '../../../source/platform/linux/proc.ts';
import { HeapTimers } from '../../../source/platform/timers.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import type { SampleWish } from '../../../source/ports/meter.ts';
import { parseProfiles } from '../../../source/profile/parse.ts';
import type { ProcessSpec } from '../../../source/profile/profile.ts';
import { FlightRecorder } from '../../../source/runtime/flight-recorder.ts';
import { ringBytes } from '../../../source/runtime/sample-ring.ts';
import { VitalSigns } from '../../../source/runtime/vital-signs.ts';
import { pause } from '../daemon.ts';
import type { Figure } from '../figures.ts';
import { collectAll } from '../full-collection.ts';
import { folder } from '../place.ts';
import { demandRoom } from '../room.ts';

const processes = 1_000;
const rounds = 15;
const restMs = 30_000;
/** By then each rule has been sampled twice, so that the silence has begun: what was lost is read then, and each quarter of the limit. */
const settleMs = 22_000;

const plain: SampleWish = { tree: false, descriptors: false, threadStates: false };

/** Quarter of an hour: nothing runs out while it is measured. Sampled every ten seconds, as long limits are. */
const rules = '      p: { command: [/bin/sleep, "600"], stall: { cpu: { unchangedFor: 15m }, output: 15m } }\n';

export async function samplingSection(): Promise<Figure[]> {
  demandRoom(processes + 500);
  const children = Array.from({ length: processes }, () => spawn('/bin/sleep', ['600'], { stdio: 'ignore' }));
  try {
    const instances = children.map(({ pid }) => instanceNow(pid));
    // The last collects all garbage, and V8 goes on with that for a while.
    return [...(await eachCost(instances)), ...(await watched(instances)), ...(await recorded(instances))];
  } finally {
    await endAll(children);
  }
}

/** CPU time of one look, by the whole pass over all: the median of several. */
async function eachCost(instances: readonly Instance[]): Promise<Figure[]> {
  const meter = new LinuxMeter();
  const sampleAll = (wish: SampleWish) =>
    new Promise<void>((resolve) =>
      meter.sample(
        instances.map((instance) => ({ instance, wish })),
        () => resolve(),
      ),
    );
  const floor = await measured('floor: open, read and close of /proc/PID/stat by node:fs', async () =>
    readBare(instances),
  );
  const lost = await measured('what a process lost (lostTime)', async () => {
    for (const instance of instances) meter.lostTime(instance);
  });
  const samples = [
    await measured('a sample', () => sampleAll(plain)),
    await measured('with descriptors and the states of threads', () =>
      sampleAll({ ...plain, descriptors: true, threadStates: true }),
    ),
    await measured('with its tree, the look at all processes included', () => sampleAll({ ...plain, tree: true })),
    lost,
  ];
  return [floor, ...samples.map((figure) => ({ ...figure, floor }))];

  async function measured(what: string, pass: () => Promise<void>): Promise<Figure> {
    const samplesUs: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const beforeMs = ownCpuMs();
      await pass();
      // The first rounds are compiled by V8.
      if (round >= 0) samplesUs.push(((ownCpuMs() - beforeMs) * 1000) / instances.length);
    }
    return { what, unit: 'µs', samples: samplesUs };
  }
}

const room = Buffer.alloc(4096);

function readBare(instances: readonly Instance[]): void {
  for (const { pid } of instances) {
    const descriptor = openSync(`/proc/${pid}/stat`, 'r');
    readSync(descriptor, room, 0, room.length, null);
    closeSync(descriptor);
  }
}

/** What ten minutes of every one of a thousand take: the block itself, and what the process grows by. */
async function recorded(instances: readonly Instance[]): Promise<Figure[]> {
  const clock = createClock();
  const meter = new LinuxMeter();
  const recorder = new FlightRecorder({ clock, timers: { set: () => {}, clear: () => {} }, meter }, () => true);
  const sample = { cpuMs: 1, memoryBytes: 1, threads: 1, descriptors: 1, state: 'sleeping' as const };
  const before = await memory();
  for (const [index, instance] of instances.entries()) {
    recorder.begin(`bench/p${index}#1`, instance);
    for (let count = 1; count <= 60; count++) recorder.take(instance, { sample, atMs: count * 10_000 });
  }
  const grownKb = ((await memory()) - before) / instances.length / 1000;
  console.log(
    `\nthe flight recorder: ${ringBytes} bytes of samples a process, ${grownKb.toFixed(1)} kB with all that belongs to it (heap and buffers, ${instances.length} full rings, ${recorder.size} known)`,
  );
  return [];
}

async function memory(): Promise<number> {
  await collectAll();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Of one core, with the rules of as many entries. */
async function watched(instances: readonly Instance[]): Promise<Figure[]> {
  const outputs = join(folder, 'outputs');
  mkdirSync(outputs);
  for (const { pid } of instances) writeFileSync(join(outputs, `${pid}`), '');
  const figures: Figure[] = [];
  for (const entriesEach of [0, 1, 10]) {
    const count = (instances.length * entriesEach).toLocaleString('en');
    const percent = await restingPercent(instances, entriesEach, outputs);
    const name = entriesEach === 10 ? `${count} watched (ten entries each of ${instances.length})` : `${count} watched`;
    figures.push({ what: `rules cpu and output, ${name}: CPU over 30 s, of one core`, unit: '%', samples: [percent] });
  }
  return figures;
}

/** An account of its own for each of the ten entries of a process: one account knows an instance once. */
async function restingPercent(instances: readonly Instance[], entriesEach: number, outputs: string): Promise<number> {
  const clock = createClock();
  const spec = specWithRules();
  const accounts = Array.from({ length: entriesEach }, () => {
    const ports = { clock, timers: new HeapTimers(clock), meter: new LinuxMeter(), ...nobodySpeaks };
    const account = new VitalSigns(ports, { probed: () => {}, sampled: () => {} });
    for (const [index, instance] of instances.entries()) {
      const outputFile = join(outputs, `${instance.pid}`);
      account.watch({ slot: `bench/p${index}#1`, instance, spec, heartbeatMs: null, heartbeatFile: null, outputFile });
    }
    return account;
  });
  await pause(settleMs);
  const before = { cpuMs: ownCpuMs(), atMs: performance.now() };
  await pause(restMs);
  const percent = (100 * (ownCpuMs() - before.cpuMs)) / (performance.now() - before.atMs);
  for (const account of accounts) for (const instance of instances) account.unwatch(instance);
  return percent;
}

/** These rules neither listen nor probe. */
const nobodySpeaks = {
  messages: { drain: () => {} },
  stallProber: {},
} as unknown as Pick<ConstructorParameters<typeof VitalSigns>[0], 'messages' | 'stallProber'>;

function specWithRules(): ProcessSpec {
  const text = `groups:\n  bench:\n    processes:\n${rules}`;
  const sources = [{ file: '/bench.yaml', text }];
  const parsed = parseProfiles(sources, { environment: {}, system: 'linux', readFile: () => null });
  if (!parsed.ok) throw new Error(`the profile has problems: ${JSON.stringify(parsed.problems[0])}`);
  const spec = parsed.profile.groups[0]?.processes[0];
  if (spec === undefined) throw new Error('the profile has no process');
  return spec;
}

function instanceNow(pid: number | undefined): Instance {
  const stat = readStat(pid ?? -1);
  if (stat === null) throw new Error('a process that was just started is gone');
  return instanceOf(stat);
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function endAll(children: readonly ChildProcess[]): Promise<void> {
  const ends = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ends);
}
