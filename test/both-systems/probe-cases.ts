import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { type Case, patienceMs } from './case-place.ts';

export const probes: readonly Case[] = [
  {
    name: 'a process is ready when a line of its output or a program says so, and its dependants wait for that',
    async run(place) {
      await place.watch(`groups:
  shop:
    processes:
      database: { command: ${place.working('database')}, ready: { output: '^database' } }
      api: { command: ${place.working('api')}, dependsOn: { database: ready }, ready: { run: ${place.ending(0, 'well')}, interval: 200ms } }
      never: { command: ${place.working('never')}, ready: { run: ${place.ending(1, 'not yet')}, interval: 200ms, within: 10m } }
      web: { command: ${place.working('web')}, dependsOn: { api: ready } }
      late: { command: ${place.working('late')}, dependsOn: { never: ready } }
`);
      await place.running('shop/web');
      const ids = (name: string) => place.notices(name).map(({ id }) => id);
      expect(ids('shop/database')).toContain('process.ready');
      expect(ids('shop/api')).toContain('process.ready');
      expect(await place.process('shop/late')).toMatchObject({ state: 'waiting', instances: [] });
    },
  },
  {
    name: 'a probe that fails so often is a stall, and what a plugin says stands in the notice',
    async run(place) {
      await place.watch(`groups:
  shop:
    processes:
      api: { command: ${place.working('api')}, onStall: alert, dump: [], stall: { probe: { run: ${place.ending(1, 'no answer')}, interval: 300ms, failures: 2 } } }
      web: { command: ${place.working('web')}, dump: [], stall: { probe: { nagios: ${place.ending(1, 'WARNING slow')}, interval: 300ms } } }
      good: { command: ${place.working('good')}, dump: [], stall: { probe: { run: ${place.ending(0, 'well')}, interval: 300ms, failures: 1 } } }
`);
      expect((await place.noticed('process.stalled', { name: 'shop/api' })).text).toContain('no answer');
      expect((await place.noticed('process.probe-warned', { name: 'shop/web' })).text).toContain('WARNING slow');
      expect((await place.process('shop/good')).stalled).toBeNull();
      expect((await place.process('shop/web')).stalled).toBeNull();
    },
  },
  {
    name: 'signs of life from a script keep a heartbeat rule, and their end is a stall',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')}, onStall: alert, dump: [], stall: { heartbeat: 5s } }\n`,
      );
      await place.running('shop/api');
      for (let beats = 0; beats < 4; beats++) {
        await place.done('heartbeat', 'shop/api');
        await delay(2_000);
      }
      expect((await place.process('shop/api')).stalled).toBeNull();
      await place.noticed('process.stalled', { name: 'shop/api' });
    },
  },
  {
    name: 'an output file is rotated while the program goes on writing into it',
    async run(place) {
      await place.watch(
        `groups:\n  shop:\n    processes:\n      api: { shell: true, command: ${JSON.stringify(place.chatty)}, output: { maxSize: 8K, keep: 2 } }\n`,
      );
      const file = `${place.outputFolder}/shop.api.1.log`;
      await until('a rotated file', () => existsSync(`${file}.1`), patienceMs);
      expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/^a line of output/);
      await until(
        'more behind it',
        () => statSync(file).size > 0 && /a line of output/.test(readFileSync(file, 'utf8')),
        patienceMs,
      );
      // Nothing but what was written: no hole where the old end was.
      expect(readFileSync(file, 'utf8')).not.toContain('\0');
    },
  },
  {
    name: 'a restart script that takes too long is ended with what it runs',
    async run(place) {
      await place.watch(`groups:
  shop:
    processes:
      till:
        match: { arguments: 'nobody-bears-this' }
        restart: { run: ${place.working('script')}, timeout: 2s, limit: 1, backoff: { initial: 10ms } }
`);
      await place.noticed('process.gave-up', { name: 'shop/till' });
      await until('nobody left of the scripts', async () => (await place.living('script')).length === 0, patienceMs);
    },
  },
];
