import { expect, test } from 'vitest';
import { problemsOf } from './reading.ts';

/** Texts with all that is said about them. */
const badFiles: readonly [string, string, ...string[]][] = [
  ['an empty file', '', '1:1: is empty; expected a profile with `groups`'],
  ['nothing but comments', '# later\n', '1:1: is empty; expected a profile with `groups`'],
  ['a list', '- a\n', '1:1: a list is not a profile; expected a map with `groups`'],
  ['one word', 'hello', '1:1: "hello" is not a profile; expected a map with `groups`'],
  ['no groups', 'defaults: {}\n', '1:1: has no groups; expected `groups`, a map of group names to groups'],
  ['empty groups', 'groups:\n', '1:1 groups: has no groups; expected `groups`, a map of group names to groups'],
  [
    'a list of groups',
    'groups: [a]\n',
    '1:9 groups: a list is not a map; expected `groups`, a map of group names to groups',
  ],
  ['a misspelt key at the top', 'group:\n  g: {}\n', '1:1 group: unknown key `group`; did you mean `groups`?'],
  ['a group of nothing', 'groups:\n  g:\n', '2:3 groups.g: has no processes; expected a map with `processes`'],
  [
    'a misspelt key in a group',
    'groups:\n  g: { proceses: {} }\n',
    '2:8 groups.g.proceses: unknown key `proceses`; did you mean `processes`?',
  ],
  [
    'bad values in a group',
    'groups:\n  g:\n    escalation: exti\n    paused: 1\n    defaults: 5\n    processes: { a: { command: x } }\n',
    '3:17 groups.g.escalation: "exti" is not known here; expected continue, exit, failover, reboot, { run: [...] } or { plugin: name }',
    '4:13 groups.g.paused: 1 is not a boolean; expected true or false',
    '5:15 groups.g.defaults: 5 is not a map; expected a map of fields of a process',
  ],
  [
    'bad names',
    'groups:\n  -g: { processes: { "a#1": { command: x } } }\n  12: { processes: { a: { command: x } } }\n',
    '2:3 groups.-g: "-g" cannot be the name of a group; expected letters, digits, `_`, `.` and `-`, at most 64, not beginning with `-`',
    '2:22 groups.-g.processes.a#1: "a#1" cannot be the name of a process; expected letters, digits, `_`, `.` and `-`, at most 64, not beginning with `-`',
    '3:3 groups.12: 12 cannot be the name of a group; expected a name that is not a number; a number as a target means a pid',
  ],
  [
    'the same names twice',
    'groups:\n  g:\n    processes:\n      a: { command: x }\n      a: { command: y }\n  g:\n    processes: {}\n',
    '5:7 groups.g.processes.a: `a` stands here twice; it stands in line 4 already; keep one',
    '6:3 groups.g: `g` stands here twice; it stands in line 2 already; keep one',
  ],
  [
    'a mistake in defaults, told once for all processes',
    'defaults: { restart: { limit: x } }\ngroups:\n  g: { processes: { a: { command: x }, b: { command: x } } }\n',
    '1:31 defaults.restart.limit: "x" is not a number; expected a whole number from 0 to 1000',
  ],
  [
    'a tab as indentation',
    'groups:\n  g:\n\tprocesses:\n\t  a: {command: x}\n',
    '3:1: Tabs are not allowed as indentation; indent with blanks',
  ],
  [
    'a quote that is not closed',
    'groups:\n  g:\n    processes:\n      a: { command: "x }\n      b: { command: y }\n',
    '4:21: " is not closed',
  ],
  [
    'a bracket that is not closed, and a mistake behind it',
    'groups:\n  g:\n    processes:\n      a: { command: [x }\n      b: { comand: y }\n',
    '4:21: [ is not closed',
    '5:12 groups.g.processes.b.comand: unknown key `comand`; did you mean `command`?',
  ],
  [
    'a colon in a text',
    'groups:\n  g:\n    description: my: shop\n    processes:\n      b: { command: y }\n',
    '3:18: Nested mappings are not allowed in compact mappings; put a text with a colon in quotes, or indent the lines alike',
  ],
  [
    'keys that do not line up',
    'groups:\n  g:\n    processes:\n      a: { command: x }\n     b: { command: x }\n',
    '5:1: All mapping items must start at the same column; give all keys of a map the same number of blanks',
  ],
  [
    'anchors that are not there',
    'groups:\n  g:\n    processes:\n      a: &base { command: x }\n      b: *bas\n      c: { <<: *other }\n',
    '5:10 groups.g.processes.b: there is no anchor `&bas` above; did you mean `base`?',
    '6:16 groups.g.processes.c: there is no anchor `&other` above',
  ],
  [
    'a tag',
    'groups:\n  g: !mine { processes: { a: { command: x } } }\n',
    '2:6: Unresolved tag: !mine; take the tag out, or put the text in quotes',
  ],
  [
    'two documents',
    'groups: { g: { processes: { a: { command: x } } } }\n---\ngroups: {}\n',
    '2:1: Source contains multiple documents; give each profile a file of its own',
  ],
  [
    'a list as a key',
    'groups:\n  g:\n    processes:\n      ? [a]\n      : { command: x }\n',
    '4:9 groups.g.processes: a key is a list or a map; expected a name; quote it if it is meant as text',
  ],
  ['bytes', 'groups:\0', '1:1: is not a text file; expected YAML'],
];

test.each(badFiles)('%s', (_, text, ...problems) => {
  expect(problemsOf(text)).toEqual(problems.map((problem) => `shop.yaml:${problem}`));
});
