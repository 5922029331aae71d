import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { type Case, type CasePlace, patienceMs } from './case-place.ts';

/** Awaits that the process runs with another pid than this. */
async function runsAnew(place: CasePlace, name: string, before: number): Promise<number> {
  return until(
    `${name} running anew`,
    async () => {
      const [pid] = await place.running(name);
      return pid !== before && pid;
    },
    patienceMs,
  );
}

export const survival: readonly Case[] = [
  {
    name: 'a process that is killed goes down, is restarted, and is counted',
    async run(place) {
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      const [first = 0] = await place.running('shop/api');
      await place.kill(first);
      await place.noticed('process.restarting', { name: 'shop/api' });
      const second = await runsAnew(place, 'shop/api', first);
      expect(await place.living('api')).toEqual([second]);
      expect((await place.process('shop/api')).restarts).toMatchObject({ count: 1, limit: 3 });
    },
  },
  {
    name: 'a program that crashes each time is given up, and the daemon ends with 3 where that is asked for',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      api: { command: ${place.crashing}, restart: { limit: 1, backoff: { initial: 10ms } } }\n`,
      );
      await place.noticed('process.gave-up', { name: 'shop/api' });
      expect((await place.process('shop/api')).state).toBe('fatal');
      expect((await place.command('status')).status).toBe(3);
    },
  },
  {
    name: 'after the engine was killed the next one adopts what lives, with the same pids, counters, pauses and overrides',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n      worker: { command: ${place.working('worker')}, instances: 2 }\n`,
      );
      const [first = 0] = await place.running('shop/api');
      await place.kill(first);
      const api = await runsAnew(place, 'shop/api', first);
      const workers = await place.running('shop/worker');
      await place.done('pause', 'shop/worker', '--why', 'patching');
      await place.done('set', 'shop/api', 'restart.limit=7');
      await place.killEngine();
      expect(await place.living('worker')).toHaveLength(2);
      await place.watchAgain();
      expect(await place.noticed('engine.recovered')).toMatchObject({ parameters: { adopted: 3 } });
      expect(await place.running('shop/api')).toEqual([api]);
      expect(await place.running('shop/worker')).toEqual(workers);
      expect((await place.process('shop/api')).restarts).toMatchObject({ count: 1, limit: 7 });
      expect((await place.process('shop/worker')).paused).toMatchObject({ why: 'patching' });
      // And it is told of their deaths as the first one was.
      await place.kill(api);
      await runsAnew(place, 'shop/api', api);
      expect((await place.process('shop/api')).restarts).toMatchObject({ count: 2 });
    },
  },
  {
    name: 'children of an engine whose memory is lost are known by what they carry, and not started a second time',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      worker: { command: ${place.working('worker')}, instances: 2 }\n      server: { command: ${place.orphaning('family')} }\n`,
      );
      const workers = await place.running('shop/worker');
      const server = await place.running('shop/server');
      await until('the orphan', async () => (await place.living('family-orphan')).length === 1, patienceMs);
      await place.killEngine();
      writeFileSync(place.stateFile, 'not a word of it is left\n');
      await place.watchAgain();
      expect(await place.running('shop/worker')).toEqual(workers);
      // Not its orphan, which carries the same.
      expect(await place.running('shop/server')).toEqual(server);
      expect(await place.living('worker')).toHaveLength(2);
    },
  },
  {
    name: 'a second engine of the same instance is refused and names the first',
    async run(place) {
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      const { engine } = await place.status();
      const profile = place.write(
        'other.yaml',
        `groups:\n  other:\n    processes:\n      a: { command: ${place.working('a')} }\n`,
      );
      const second = await place.command('--daemon', profile);
      expect(second.status).toBe(1);
      expect(second.stderr).toContain(`pid ${engine.pid}`);
    },
  },
];
