import { expect, test } from 'vitest';
import { api, found, problemsOf, processOf, shop } from './reading.ts';

test.each([
  ['3', { min: 3, max: 3, forMs: 0 }],
  ['{ min: 3 }', { min: 3, max: 1000, forMs: 0 }],
  ['{ min: 0 }', { min: 0, max: 1000, forMs: 0 }],
  ['{ max: 5 }', { min: 1, max: 5, forMs: 0 }],
  ['{ min: 2, max: 4, for: 1m30s }', { min: 2, max: 4, forMs: 90_000 }],
  ['{ for: 10s }', { min: 1, max: 1, forMs: 10_000 }],
  ['{}', { min: 1, max: 1, forMs: 0 }],
])('of a match entry instances: %s', (instances, range) => {
  expect(found(`{ match: { executable: x }, instances: ${instances} }`).instances).toEqual(range);
});

test('without instances exactly one is meant', () => {
  expect(found('{ match: { executable: x } }').instances).toEqual({ min: 1, max: 1, forMs: 0 });
});

test('a command has a number', () => {
  expect(api('{ command: x, instances: 4 }').instances).toBe(4);
});

test('references may stand in a range', () => {
  const text = shop('{ match: { executable: x }, instances: { min: "${LEAST}" } }');
  expect(processOf(text, 'shop/api', { environment: { LEAST: '7' } })).toMatchObject({ instances: { min: 7 } });
});

const withDefaults = (defaults: string, instances: string) =>
  `defaults: { instances: ${defaults} }\n${shop(`{ match: { executable: x }, instances: ${instances} }`)}`;

test('a range is merged with the one in defaults part by part, and a number takes its place', () => {
  const merged = processOf(withDefaults('{ min: 2, max: 6, for: 5s }', '{ max: 4 }'), 'shop/api');
  expect(merged).toMatchObject({ instances: { min: 2, max: 4, forMs: 5000 } });
  const replaced = processOf(withDefaults('{ min: 2, max: 6, for: 5s }', '3'), 'shop/api');
  expect(replaced).toMatchObject({ instances: { min: 3, max: 3, forMs: 0 } });
});

test('parts that fit only apart are seen when they come together', () => {
  expect(problemsOf(withDefaults('{ max: 2 }', '{ min: 3 }'))).toEqual([
    'shop.yaml:1:31 defaults.instances.max: 2 is less than min, 3; expected a whole number from 3 to 1000',
  ]);
});

test.each<[string, ...string[]]>([
  ['{ min: 3, max: 2 }', '4:66 P.instances.max: 2 is less than min, 3; expected a whole number from 3 to 1000'],
  ['{ min: -1 }', '4:58 P.instances.min: -1 is out of range; expected a whole number from 0 to 1000'],
  ['{ max: 0 }', '4:58 P.instances.max: 0 is out of range; expected a whole number from 1 to 1000'],
  ['{ max: many }', '4:58 P.instances.max: "many" is not a number; expected a whole number from 1 to 1000'],
  ['{ min: 1, mxa: 2 }', '4:61 P.instances.mxa: unknown key `mxa`; known here: min, max, for'],
  ['{ within: 2 }', '4:53 P.instances.within: unknown key `within`; known here: min, max, for'],
  [
    '{ for: 5, min: }',
    '4:58 P.instances.for: 5 has no unit; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write 5s for seconds, 5m for minutes',
    '4:61 P.instances.min: has no value; expected a whole number from 0 to 1000; give a value or leave the key out',
  ],
  ['[3]', '4:51 P.instances: a list is not a number; expected a whole number from 1 to 1000'],
  ['0', '4:51 P.instances: 0 is out of range; expected a whole number from 1 to 1000'],
])('of a match entry instances: %s is wrong', (instances, ...problems) => {
  const fields = `{ match: { executable: x }, instances: ${instances} }`;
  expect(problemsOf(shop(fields))).toEqual(problems.map(whole));
});

test('a command has no range', () => {
  expect(problemsOf(shop('{ command: x, instances: { min: 2 } }'))).toEqual(
    [
      '4:37 P.instances: a map is not a number; expected a whole number from 1 to 1000; write `instances: 2`; only `match` entries have a range',
    ].map(whole),
  );
});

function whole(problem: string): string {
  return `shop.yaml:${problem.replace(' P', ' groups.shop.processes.api')}`;
}
