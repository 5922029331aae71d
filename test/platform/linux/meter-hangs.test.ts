// How programs that hang look to the meter.
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStat } from '../../../source/platform/linux/proc.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { until } from '../../end-to-end/until.ts';
import { everything, lack, type Measured, missing, openMeasured } from './measured.ts';
import { program } from './workshop.ts';

let measured: Measured;
beforeEach(() => {
  measured = openMeasured();
});
afterEach(() => measured.close());

const compiledOnes = describe.skipIf(missing('hanging programs in C', lack.program('gcc')));

/** Not one nanosecond between two looks with a third of a second in between. */
async function expectStill(instance: Instance): Promise<void> {
  const before = await measured.sample(instance, everything);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = await measured.sample(instance, everything);
  expect(after).toMatchObject({ state: 'sleeping', cpuMs: before?.cpuMs });
}

compiledOnes('programs in C that hang', () => {
  test('a deadlock of two threads: three threads sleep, and nothing moves', async () => {
    const hanging = await measured.compiled('hang-deadlock.c');
    await until('both threads are there', async () => (await measured.sample(hanging))?.threads === 3);
    await until('it stands still', async () => {
      const before = await measured.sample(hanging);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return (await measured.sample(hanging))?.cpuMs === before?.cpuMs;
    });
    await expectStill(hanging);
  });

  test('an endless loop runs all the time', async () => {
    const hanging = await measured.compiled('hang-loop.c');
    const before = await measured.sample(hanging);
    await until('it has used 200 ms', async () => {
      const now = await measured.sample(hanging);
      return now?.state === 'running' && now.cpuMs > (before?.cpuMs ?? 0) + 200;
    });
  });

  test('a read of a FIFO into which nobody writes sleeps', async () => {
    const hanging = await measured.compiled('hang-read.c', join(measured.folder, 'orders'));
    await until('it sleeps', () => readStat(hanging.pid)?.state === 'S');
    await expectStill(hanging);
  });
});

test('a server that takes connections and never answers sleeps, and holds one more descriptor for each', async () => {
  const hanging = await measured.startAndHear('/usr/bin/python3', program('hang-server.py'));
  // Standing in accept it has closed what it read its modules from.
  await until('it waits for connections', () => readStat(hanging.instance.pid)?.state === 'S');
  const before = await measured.sample(hanging.instance, everything);
  const connection = createConnection(Number(hanging.line), '127.0.0.1');
  try {
    connection.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until(
      'the connection is taken',
      async () => (await measured.sample(hanging.instance, everything))?.descriptors === (before?.descriptors ?? 0) + 1,
    );
    await expectStill(hanging.instance);
  } finally {
    connection.destroy();
  }
});
