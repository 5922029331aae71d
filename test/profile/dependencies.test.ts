import { expect, test } from 'vitest';
import { parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import { problemsOf } from './reading.ts';

/** A group `g` of processes that wait for others: `a: b c` means that a waits until b and c are ready. */
function chain(...lines: string[]): string {
  const processes = lines.map((line) => {
    const [name = '', on = ''] = line.split(/: ?/);
    const dependsOn = on
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => `${word}: ready`);
    return `      ${name}: { command: x, dependsOn: { ${dependsOn.join(', ')} } }\n`;
  });
  return `groups:\n  g:\n    processes:\n${processes.join('')}`;
}

test('a cycle is shown as the way round it', () => {
  expect(problemsOf(chain('a: b', 'b: c', 'c: a'))).toEqual([
    'shop.yaml:4:37 groups.g.processes.a.dependsOn.b: the dependencies go round: a -> b -> c -> a; none of them could ever start; take one of them out',
  ]);
});

test('of a process that leads into a cycle nothing is said', () => {
  expect(problemsOf(chain('start: a', 'a: b', 'b: a')).map((line) => line.split('round: ')[1])).toEqual([
    'a -> b -> a; none of them could ever start; take one of them out',
  ]);
});

test('two cycles are two problems, and a diamond is none', () => {
  expect(problemsOf(chain('a: b', 'b: a', 'c: d', 'd: c'))).toHaveLength(2);
  expect(problemsOf(chain('a: b c', 'b: d', 'c: d', 'd:'))).toEqual([]);
});

test('a cycle over two groups and two files is shown with full names', () => {
  const options = { environment: {}, system: 'linux', readFile: () => null } as const;
  const one = {
    file: 'a.yaml',
    text: 'groups: { a: { processes: { x: { command: x, dependsOn: { b/y: ready } } } } }',
  };
  const two = {
    file: 'b.yaml',
    text: 'groups: { b: { processes: { y: { command: y, dependsOn: { a/x: ready } } } } }',
  };
  const result = parseProfiles([one, two], options);
  expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual([
    'a.yaml:1:59 groups.a.processes.x.dependsOn.b/y: the dependencies go round: a/x -> b/y -> a/x; none of them could ever start; take one of them out',
  ]);
});

test('an unknown name gets the nearest known one, or the group it stands in', () => {
  expect(problemsOf(chain('database:', 'api: databse'))[0]).toContain('did you mean `database`?');
  const two = `${chain('database:')}  h:\n    processes:\n      api: { command: x, dependsOn: { database: ready } }\n`;
  expect(problemsOf(two)).toEqual([
    'shop.yaml:7:39 groups.h.processes.api.dependsOn.database: there is no process `h/database`; expected a process of this group, or group/process; did you mean `g/database`?',
  ]);
});

test('nobody can wait for the end of a process that is restarted after every end', () => {
  const text = (when: string) =>
    `groups:\n  g:\n    processes:\n      import: { command: x, restart: { when: ${when} } }\n      api: { command: x, dependsOn: { import: completed } }\n`;
  expect(problemsOf(text('on-failure'))).toEqual([]);
  expect(problemsOf(text('always'))).toEqual([
    'shop.yaml:5:47 groups.g.processes.api.dependsOn.import: `import` never completes, since it is restarted after every end; give `import` `restart: { when: on-failure }`, or wait for started or ready',
  ]);
});

test('a process that is wrong in itself is not called unknown', () => {
  const text =
    'groups:\n  g:\n    processes:\n      a: { comand: x }\n      b: { command: x, dependsOn: { a: ready } }\n';
  expect(problemsOf(text)).toEqual([
    'shop.yaml:4:12 groups.g.processes.a.comand: unknown key `comand`; did you mean `command`?',
  ]);
});

test('a chain of a thousand processes is followed to its end', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `p${index}`);
  const lines = names.map((name, index) => `${name}: ${names[index + 1] ?? ''}`);
  expect(problemsOf(chain(...lines))).toEqual([]);
});
