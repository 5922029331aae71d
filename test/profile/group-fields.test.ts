import { expect, test } from 'vitest';
import { escalationText } from '../../source/profile/escalation.ts';
import { parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import { problemsOf, profileOf } from './reading.ts';

/** A field of the group stands in line 3, its value from column 5 on. */
const group = (field: string) => `groups:\n  g:\n    ${field}\n    processes: { a: { command: x } }\n`;
const groupOf = (field: string) => profileOf(group(field)).groups[0];

test.each(['one-for-one', 'one-for-all', 'rest-for-one'])('strategy: %s', (strategy) => {
  expect(groupOf(`strategy: ${strategy}`)?.strategy).toBe(strategy);
});

test('a group without more restarts the failed process alone and watches the others on', () => {
  expect(groupOf('paused: false')).toMatchObject({ strategy: 'one-for-one', escalation: { do: 'continue' } });
});

test.each([
  ['continue', { do: 'continue' }, 'continue'],
  ['exit', { do: 'exit' }, 'exit'],
  ['failover', { do: 'failover' }, 'failover'],
  [
    '{ run: [tell, it is down, --urgent] }',
    { do: 'run', command: ['tell', 'it is down', '--urgent'] },
    'run: tell "it is down" --urgent',
  ],
  [
    '{ run: /usr/local/bin/tell --urgent }',
    { do: 'run', command: ['/usr/local/bin/tell', '--urgent'] },
    'run: /usr/local/bin/tell --urgent',
  ],
  ['{ plugin: pager }', { do: 'plugin', name: 'pager' }, 'plugin: pager'],
])('escalation: %s', (written, escalation, text) => {
  const read = groupOf(`escalation: ${written}`)?.escalation;
  expect(read).toEqual(escalation);
  expect(read && escalationText(read)).toBe(text);
});

test('a reboot is an escalation only where a profile allows it', () => {
  expect(problemsOf(group('escalation: reboot'))).toEqual([
    'shop.yaml:3:17 groups.g.escalation: `reboot` is not allowed; expected `allowReboot: true` at the top of a profile; write it there if a failure of this group may restart the whole machine',
  ]);
  expect(problemsOf(`allowReboot: false\n${group('escalation: reboot')}`)).toHaveLength(1);
  const [allowed] = profileOf(`allowReboot: true\n${group('escalation: reboot')}`).groups;
  expect(allowed?.escalation).toEqual({ do: 'reboot' });
});

const expected = 'expected continue, exit, failover, reboot, { run: [...] } or { plugin: name }';

test.each<[string, ...string[]]>([
  ['strategy: all', 'strategy: "all" is not known here; expected one of one-for-one, one-for-all, rest-for-one'],
  [
    'strategy: one_for_all',
    'strategy: "one_for_all" is not known here; expected one of one-for-one, one-for-all, rest-for-one; did you mean `one-for-all`?',
  ],
  ['escalation: run', `escalation: \`run\` does not say what; ${expected}`],
  ['escalation: [exit]', `escalation: a list is not known here; ${expected}`],
  ['escalation: {}', `escalation: is an empty map; ${expected}`],
  ['escalation:', `escalation: has no value; ${expected}`],
  [
    'escalation: { run: [] }',
    'escalation.run: names no program; expected a program with its arguments: [node, server.js] or "node server.js"',
  ],
  ['escalation: { plugin: }', 'escalation.plugin: has no value; expected text; give a value or leave the key out'],
  ['escalation: { plugn: x }', 'escalation.plugn: unknown key `plugn`; did you mean `plugin`?'],
  ['escalation: { run: x, plugin: y }', 'escalation.plugin: `plugin` stands beside `run`; expected one of run, plugin'],
])('%s is wrong', (field, ...problems) => {
  const said = problemsOf(group(field)).map((problem) => problem.replace(/^shop\.yaml:3:\d+ groups\.g\./, ''));
  expect(said).toEqual(problems);
});

test('problems inside an escalation stand where they are written', () => {
  expect(problemsOf(group('escalation: { run: [a, {b: c}] }'))).toEqual([
    'shop.yaml:3:28 groups.g.escalation.run.1: a map is not text; expected text for each argument',
  ]);
});

const files = (...tops: readonly string[]) =>
  parseProfiles(
    tops.map((top, index) => ({
      file: `${index}.yaml`,
      text: `${top}\ngroups: { g${index}: { processes: { a: { command: x } } } }`,
    })),
    { environment: {}, system: 'linux', readFile: () => null },
  );
const brakeOf = (...tops: readonly string[]) => {
  const result = files(...tops);
  return result.ok ? result.profile.restartsPerSecond : result.problems.map(formatProblem);
};

test('the brake on restart storms: 20 a second, or what the profile says, or the smallest that several say', () => {
  expect(brakeOf('')).toBe(20);
  expect(brakeOf('restartsPerSecond: 50')).toBe(50);
  expect(brakeOf('restartsPerSecond: 50', '')).toBe(50);
  expect(brakeOf('restartsPerSecond: 50', 'restartsPerSecond: 5', '')).toBe(5);
});

test.each([
  ['restartsPerSecond: 0', '0.yaml:1:20 restartsPerSecond: 0 is out of range; expected a whole number from 1 to 1000'],
  [
    'restartsPerSecond: 2/s',
    '0.yaml:1:20 restartsPerSecond: "2/s" is not a number; expected a whole number from 1 to 1000',
  ],
  [
    'restartPerSecond: 2',
    '0.yaml:1:1 restartPerSecond: unknown key `restartPerSecond`; did you mean `restartsPerSecond`?',
  ],
])('%s is wrong', (top, problem) => {
  expect(brakeOf(top)).toEqual([problem]);
});
