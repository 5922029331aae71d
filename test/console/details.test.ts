// The details page: what it asks for and when, and the pictures it draws of what comes back.
import { describe, expect, test } from 'vitest';
import { relationsOf } from '../../source/console/action/relations.ts';
import type { Model } from '../../source/console/model.ts';
import { update } from '../../source/console/update.ts';
import { drawn, series, writtenSeries } from '../../source/console/view/details/sparkline.ts';
import { lastMinutes } from '../../source/console/view/facts.ts';
import { ago, group, notices, nowMs, process_, status } from './fixtures.ts';
import { restarts, samples } from './recent-past.ts';
import { openModel } from './session.ts';

const start = openModel();

function opened(target: string): ReturnType<typeof update> {
  const at = { ...start, list: { ...start.list, cursor: target, index: -1 } };
  return update(update(at, { is: 'tick', nowMs }).model, { is: 'key', key: 'enter' });
}

const asked = ({ commands }: ReturnType<typeof update>): string[] => commands.map((command) => command.is);

function changed(model: Model, change: object): ReturnType<typeof update> {
  const [shop] = status.groups;
  const processes = (shop?.processes ?? []).filter(({ name }) => name === 'api').map((one) => ({ ...one, ...change }));
  return update(model, { is: 'changed', whole: false, engine: status.engine, groups: [group('shop', processes)] });
}

describe('the page asks', () => {
  test('for everything when it opens', () => {
    expect(asked(opened('shop/api'))).toEqual([
      'fetch-why',
      'fetch-restarts',
      'fetch-incidents',
      'fetch-parameters',
      'fetch-samples',
      'fetch-output',
    ]);
  });

  test('for nothing of a group, whose status says all', () => {
    expect(asked(opened('shop'))).toEqual([]);
  });

  test('for why and restarts anew when the state changes, not when CPU does', () => {
    const { model } = opened('shop/api');
    expect(asked(changed(model, { cpuPercent: 12, memoryBytes: 1 }))).toEqual([]);
    expect(asked(changed(model, { stalled: { rule: 'output', since: ago(1) } }))).toEqual([
      'fetch-why',
      'fetch-restarts',
    ]);
  });

  test('for parameters anew when somebody has changed one', () => {
    const overrides = { 'restart.limit': { value: 5, by: 'ops3', at: ago(0) } };
    expect(asked(changed(opened('shop/api').model, { overrides }))).toEqual(['fetch-parameters']);
  });

  test('for output each two seconds and samples each ten, and no more once it is left', () => {
    let { model } = opened('shop/api');
    const counts = new Map<string, number>();
    const pass = (): void => {
      for (let second = 1; second <= 20; second++) {
        const next = update(model, { is: 'tick', nowMs: model.nowMs + 1000 });
        for (const name of asked(next)) counts.set(name, (counts.get(name) ?? 0) + 1);
        model = next.model;
      }
    };
    pass();
    expect(Object.fromEntries(counts)).toEqual({ 'fetch-output': 10, 'fetch-samples': 2 });
    model = update(model, { is: 'key', key: 'escape' }).model;
    counts.clear();
    pass();
    expect(counts.size).toBe(0);
  });

  test('for everything once more when the engine is found again', () => {
    const lost = update(opened('shop/api').model, { is: 'lost', nowMs, nextAttemptAtMs: nowMs + 1000 }).model;
    expect(asked(update(lost, { is: 'tick', nowMs: nowMs + 20_000 }))).toEqual([]);
    expect(asked(update(lost, { is: 'connected', status, notices }))).toContain('fetch-samples');
  });

  test('and an answer about a page that was left is dropped', () => {
    const { model } = opened('shop/api');
    const other = update(model, { is: 'restarts', target: 'shop/worker', restarts: restarts('shop/worker') }).model;
    expect(other).toEqual(model);
  });
});

describe('the graph of dependencies', () => {
  test('goes one step further than what is needed directly, both ways', () => {
    const { needs, neededBy } = relationsOf({ status }, 'shop/api');
    expect(needs.map(({ name }) => name)).toEqual(['shop/database']);
    expect(neededBy.map(({ name, holds }) => [name, holds])).toEqual([['shop/worker', true]]);
    const [api] = relationsOf({ status }, 'shop/worker').needs;
    expect(api?.further.map(({ name }) => name)).toEqual(['shop/database']);
  });

  test('ends, whoever needs whom in a circle', () => {
    const each = (name: string, on: string) =>
      process_(name, 'waiting', { dependsOn: [{ name: `round/${on}`, condition: 'ready', holds: false }] });
    const round = { ...status, groups: [group('round', [each('a', 'b'), each('b', 'a')])] };
    const { needs } = relationsOf({ status: round }, 'round/a');
    expect(needs[0]?.further[0]).toMatchObject({ name: 'round/a', further: [] });
  });
});

describe('a sparkline', () => {
  const lastMs = nowMs - 10_000;
  const cpu = (sample: { cpuPercent: number }): number => sample.cpuPercent;

  test('has one column a sample where there is room, and the highest of a column where there is less', () => {
    const told = samples('shop/api');
    expect(series(told, cpu, lastMs, 60).filter((value) => value !== null && value > 2)).toHaveLength(7);
    expect(Math.max(...series(told, cpu, lastMs, 6).map(Number))).toBe(75);
  });

  test('is blank where nothing was recorded, and holds a sample until the next one', () => {
    const [whole] = samples('shop/api');
    const rare = [{ ...whole, samples: whole?.samples.filter((_, at) => at === 30 || at === 59) ?? [] }];
    const values = series(rare as never, cpu, lastMs, 60);
    expect(values.slice(0, 30).every((value) => value === null)).toBe(true);
    expect(values.slice(31, 59).every((value) => value === 70)).toBe(true);
    expect(values.at(-1)).toBe(2);
  });

  test('adds up the copies of a process', () => {
    const two = [...samples('shop/worker'), ...samples('shop/worker')];
    expect(series(two, cpu, lastMs, 60).at(-1)).toBe(4);
  });

  test('of the output begins where somebody began to look, and a file that was rotated begins anew', () => {
    const at = (second: number, bytes: number) => ({ atMs: nowMs + second * 1000, bytes });
    const rates = writtenSeries([at(0, 5000), at(10, 6000), at(20, 6000), at(30, 400)], 60);
    expect(rates.slice(0, 56).every((rate) => rate === null)).toBe(true);
    expect(rates.slice(57)).toEqual([100, 0, 40]);
  });

  test('of the output stands below the others from the second look on', () => {
    let { model } = opened('shop/api');
    const look = (bytes: number): void => {
      const told = samples('shop/api').map((one) => ({ ...one, outputBytes: bytes }));
      model = update(model, { is: 'samples', target: 'shop/api', samples: told }).model;
      model = update(model, { is: 'tick', nowMs: model.nowMs + 10_000 }).model;
    };
    const shown = (): string =>
      (model.screen.is === 'details' ? lastMinutes(model.screen, model, 100) : [])
        .map((line) => line.map(({ text }) => text).join(''))
        .join('\n');
    look(80_000);
    expect(shown()).not.toContain('out');
    look(200_000);
    expect(shown()).toMatch(/out +█+ +12K\/s/);
  });

  test('begins at zero, and rest is flat', () => {
    expect(drawn([null, 0, 50, 100], 5, false)).toBe(' ▁▅█');
    expect(drawn([0.1, 0.2, 0.1], 5, false)).toBe('▁▁▁');
    expect(drawn([0, 50, 100], 5, true)).toBe('_=#');
  });
});
