// "Is it hanging, and where?", asked of programs that hang on purpose while nobody takes evidence.
import { expect, test } from 'vitest';
import { connectEngine } from '../../source/control/client.ts';
import type { LiveLook } from '../../source/control/live-look.ts';
import { compiled } from './incidents.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

async function ask(place: Workplace, target: string): Promise<readonly LiveLook[]> {
  const client = await connectEngine(place.controlSocket);
  try {
    return await client.call('threads', { target });
  } finally {
    client.close();
  }
}

test('the threads of a living process say where they wait, for which file, and whether they have moved', async () => {
  const place = placeOfTest();
  const program = compiled(place, 'hangs.c');
  const fifo = place.path('fifo');
  await watch(
    place,
    `groups:
  shop:
    processes:
      reader:
        command: [${program}, fifo, "${fifo}"]
        ready: { notify: true }
        stall: { output: 10m }
      locked:
        command: [${program}, deadlock]
        ready: { notify: true }
      twins:
        command: [${program}, none]
        ready: { notify: true }
        instances: 2
`,
  );
  const [reader = 0, locked = 0] = await place.running(['shop/reader', 'shop/locked', 'shop/twins']);
  process.kill(reader, 'SIGUSR1');
  process.kill(locked, 'SIGUSR1');

  const hanging = await until('the reader in its read', async () => {
    const [look] = await ask(place, 'shop/reader');
    return look?.threads[0]?.file === fifo && look;
  });
  expect(hanging).toMatchObject({ name: 'shop/reader', slot: 1, pid: reader, more: 0, problem: null });
  const [main] = hanging.threads;
  expect(main).toMatchObject({ tid: reader, name: 'hangs', state: 'S', call: 'read' });
  expect(main?.waitsIn).not.toBe('');
  expect(hanging.output?.line).toBe('working');
  expect(Math.abs(Date.now() - Date.parse(hanging.output?.at ?? ''))).toBeLessThan(60_000);
  expect(hanging.stall).toMatchObject([{ rule: 'output', limitMs: 600_000, slot: 1 }]);
  const [later] = await ask(place, 'shop/reader');
  expect(later?.threads[0]?.runs).toBe(main?.runs);
  expect(later?.stall[0]?.elapsedMs).toBeGreaterThanOrEqual(hanging.stall[0]?.elapsedMs ?? Number.NaN);

  const [deadlock] = await until('both in their locks', async () => {
    const looks = await ask(place, 'shop/locked');
    return looks[0]?.threads.filter(({ call }) => call === 'futex').length === 2 && looks;
  });
  expect(deadlock?.threads[0]?.tid).toBe(locked);
  expect(deadlock?.stall).toEqual([]);

  // One that works has moved between two looks.
  const before = await ask(place, 'shop/twins');
  expect(before.map(({ slot }) => slot)).toEqual([1, 2]);
  await until('that it moves', async () => {
    const [second] = await ask(place, 'shop/twins#2');
    return (second?.threads[0]?.runs ?? 0) > (before[1]?.threads[0]?.runs ?? 0) && second?.slot === 2;
  });
  await expect(ask(place, 'shop/nobody')).rejects.toThrow(/is neither a group nor a process/);
});
