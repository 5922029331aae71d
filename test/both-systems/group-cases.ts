import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { type Case, patienceMs } from './case-place.ts';

export const groups: readonly Case[] = [
  {
    name: 'a group starts in the order of its dependencies, and with a member those that depend on it are restarted',
    async run(place) {
      await place.watch(`groups:
  shop:
    strategy: rest-for-one
    processes:
      web: { command: ${place.working('web')}, dependsOn: { api: started } }
      database: { command: ${place.working('database')} }
      api: { command: ${place.working('api')}, dependsOn: { database: started } }
      other: { command: ${place.working('other')} }
`);
      const [web = 0] = await place.running('shop/web');
      const [other] = await place.running('shop/other');
      const [database = 0] = await place.running('shop/database');
      const ups = () => place.notices().flatMap(({ id, process }) => (id === 'process.up' ? [process] : []));
      expect(ups().filter((name) => name !== 'other')).toEqual(['database', 'api', 'web']);
      await place.kill(database);
      await place.noticed('process.up', { name: 'shop/web', times: 2 });
      expect(
        ups()
          .filter((name) => name !== 'other')
          .slice(3),
      ).toEqual(['database', 'api', 'web']);
      expect(await place.running('shop/web')).not.toEqual([web]);
      expect(await place.running('shop/other')).toEqual([other]);
    },
  },
  {
    name: 'what something else starts is found by its arguments, counted, and brought back by its restart script',
    async run(place) {
      place.startBeside('till-a');
      place.startBeside('till-b');
      await until('both tills', async () => (await place.living('till-')).length === 2, patienceMs);
      await place.watch(`groups:
  shop:
    processes:
      till:
        match: { arguments: 'till-[a-z]' }
        instances: { min: 2, max: 3 }
        restart: { run: ${place.startingBeside('till-c')}, timeout: 30s, limit: 5 }
`);
      const found = await until(
        'both found',
        async () => {
          const { instances } = await place.process('shop/till');
          return instances.length === 2 && instances.map(({ pid }) => pid);
        },
        patienceMs,
      );
      expect(found.toSorted()).toEqual((await place.living('till-')).toSorted());
      await place.kill(found[0] ?? 0);
      await place.noticed('process.down', { name: 'shop/till' });
      await until('the third in its place', async () => (await place.living('till-c')).length === 1, patienceMs);
      const third = await place.living('till-c');
      await until(
        'it found',
        async () => (await place.process('shop/till')).instances.some(({ pid }) => pid === third[0]),
        patienceMs,
      );
      expect((await place.process('shop/till')).restarts.count).toBe(1);
    },
  },
  {
    name: 'with a process all of its tree is stopped, also what no parent is left of',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      server: { command: ${place.orphaning('family')}, stop: { grace: 2s } }\n`,
      );
      await place.running('shop/server');
      await until('the orphan', async () => (await place.living('family-orphan')).length === 1, patienceMs);
      await place.done('stop', 'shop/server');
      await until('nobody left', async () => (await place.living('family')).length === 0, patienceMs);
      expect((await place.process('shop/server')).state).toBe('stopped');
    },
  },
];
