import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { type Case, patienceMs } from './case-place.ts';

export const operators: readonly Case[] = [
  {
    name: 'what is paused is left alone until it is resumed, and the notices say by whom',
    async run(place) {
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      const [first = 0] = await place.running('shop/api');
      await place.done('pause', 'shop/api', '--for', '2h', '--why', 'patching');
      await place.kill(first);
      await until('nobody there', async () => (await place.process('shop/api')).instances.length === 0, patienceMs);
      expect(await place.living('api')).toEqual([]);
      expect((await place.process('shop/api')).paused).toMatchObject({
        why: 'patching',
        by: expect.stringMatching(/\w/),
      });
      await place.done('resume', 'shop/api');
      expect(await place.running('shop/api')).toHaveLength(1);
      const [paused] = place.notices('shop/api').filter(({ id }) => id === 'operator.paused');
      expect(paused?.by).toMatch(/\w/);
    },
  },
  {
    name: 'stop, start and restart do as they say, and none of them counts as a failure',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')}, stop: { grace: 5s } }\n`,
      );
      const [first] = await place.running('shop/api');
      await place.done('stop', 'shop/api');
      await until('stopped', async () => (await place.process('shop/api')).state === 'stopped', patienceMs);
      expect(await place.living('api')).toEqual([]);
      await place.done('start', 'shop/api');
      const [second] = await place.running('shop/api');
      await place.done('restart', 'shop/api');
      await place.noticed('process.up', { name: 'shop/api', times: 3 });
      const [third] = await place.running('shop/api');
      expect(new Set([first, second, third]).size).toBe(3);
      expect((await place.process('shop/api')).restarts.count).toBe(0);
    },
  },
  {
    name: 'a field is changed while the process runs, shown, and taken back',
    async run(place) {
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      const [pid] = await place.running('shop/api');
      await place.done('set', 'shop/api', 'restart.limit=9');
      expect((await place.process('shop/api')).restarts.limit).toBe(9);
      expect(await place.done('params', 'shop/api')).toMatch(/restart\.limit\s+9\s+3/);
      expect((await place.command('set', 'shop/api', 'restart.limit=many')).status).toBe(1);
      await place.done('unset', 'shop/api', 'restart.limit');
      expect((await place.process('shop/api')).restarts.limit).toBe(3);
      expect(await place.running('shop/api')).toEqual([pid]);
    },
  },
  {
    name: 'a profile is checked with the places of its mistakes, and events are one object a line',
    async run(place) {
      const bad = place.write('bad.yaml', 'groups:\n  shop:\n    processes:\n      api: { comand: [x] }\n');
      const checked = await place.command('check', bad);
      expect(checked.status).toBe(4);
      expect(checked.stdout).toMatch(/bad\.yaml:4:14 .*did you mean `command`\?/);
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      await place.running('shop/api');
      const lines = (await place.done('events', '--json')).trim().split(/\r?\n/);
      const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
      expect(ids).toEqual(expect.arrayContaining(['engine.started', 'process.starting', 'process.up']));
    },
  },
];
