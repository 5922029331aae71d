import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { type Case, patienceMs } from './case-place.ts';

export const evidence: readonly Case[] = [
  {
    name: 'of a process that is halted evidence is taken while it lives, then it is restarted',
    async run(place) {
      await place.watch(`groups:
  shop:
    processes:
      api:
        command: ${place.working('api')}
        stall: { blocked: 3s }
        dump: [stack]
        windows: { dump: [stack, mini] }
`);
      const [first = 0] = await place.running('shop/api');
      await place.halt(first);
      await place.noticed('process.stalled', { name: 'shop/api' });
      const dumped = await place.noticed('dump.taken', { name: 'shop/api' });
      await place.noticed('process.up', { name: 'shop/api', times: 2 });
      const order = place.notices('shop/api').map(({ id }) => id);
      expect(order.indexOf('dump.taken')).toBeLessThan(order.lastIndexOf('process.starting'));
      const files = place.evidenceFiles(String(dumped.parameters['folder']));
      expect(files).toEqual(expect.arrayContaining(['incident.json', 'stack.txt', 'output.txt', 'notices.jsonl']));
      if (place.system === 'windows') expect(files).toContain('mini.dmp');
      expect(await place.running('shop/api')).not.toEqual([first]);
    },
  },
  {
    name: 'an operator takes a dump, and finds it',
    async run(place) {
      await place.watch(`groups:\n  shop:\n    processes:\n      api: { command: ${place.working('api')} }\n`);
      const [pid] = await place.running('shop/api');
      await place.done('dump', 'shop/api');
      expect(await place.done('evidence', 'list')).toContain('shop/api');
      const shown = await place.done('evidence', 'show', '1');
      expect(shown).toContain('stack.txt');
      expect(await until('still running', () => place.running('shop/api'), patienceMs)).toEqual([pid]);
    },
  },
];
