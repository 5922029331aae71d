import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { problemsOf, profileOf, shop } from './reading.ts';

test('anchors that would unfold into billions of values are stopped', () => {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const below = level === 0 ? 'x' : `*l${level - 1}`;
    return `  l${level}: &l${level} [${Array.from({ length: 10 }, () => below).join(', ')}]\n`;
  });
  const problems = problemsOf(`defaults:\n${levels.join('')}${shop('{ command: x }')}`);
  expect(problems.some((problem) => problem.includes('anchors unfold to more than 300000 values'))).toBe(true);
});

test('an anchor inside itself is a problem, not an endless loop', () => {
  expect(problemsOf(shop('&me { command: x, environment: *me }'))).toEqual([
    'shop.yaml:4:43 groups.shop.processes.api.environment: the anchor `&me` holds itself; take the reference out',
  ]);
});

test('values nested a hundred deep are too deep for a profile', () => {
  const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
  expect(problemsOf(shop(`{ command: ${deep} }`)).join('\n')).toContain(
    'is nested too deeply; expected at most 64 levels',
  );
});

test('values nested ten thousand deep are a problem, not a crash', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  expect(problemsOf(shop(`{ command: ${deep} }`)).join('\n')).toContain('is nested too deeply');
});

test('a million blanks, brackets or quotes end in a problem soon', () => {
  for (const text of [' '.repeat(1e6), '{'.repeat(1e4), '"'.repeat(1e4), '- '.repeat(1e4), 'a: &a\n'.repeat(1e4)]) {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  }
});

test('names that mean something to JavaScript are names', () => {
  const text =
    'groups:\n  constructor:\n    processes:\n      __proto__: { command: x, environment: { __proto__: a } }\n      toString: { command: x, dependsOn: { __proto__: ready } }\n';
  const [group] = profileOf(text).groups;
  expect(group?.name).toBe('constructor');
  expect(group?.processes.map(({ name }) => name)).toEqual(['__proto__', 'toString']);
  expect(Object.entries(group?.processes[0]?.environment ?? {})).toEqual([['__proto__', 'a']]);
});

test('no more than a thousand problems are told', () => {
  const bad = Array.from({ length: 3000 }, (_, index) => `      p${index}: { command: x, instances: 0 }\n`);
  expect(problemsOf(`groups:\n  g:\n    processes:\n${bad.join('')}`)).toHaveLength(1000);
});

test('a profile of a megabyte with 1,000 processes costs little more than its YAML', () => {
  const processes = Array.from(
    { length: 1000 },
    (_, index) => `      p${index}:
        # ${'why it is so '.repeat(50)}
        command: [node, server.js, --port, "${8000 + index}"]
        directory: /srv/shop
        environment: { PORT: "${8000 + index}", NAME: p${index} }
        restart: { limit: 3, within: 24h, backoff: { initial: 1s, max: 60s } }
        ready: { http: "http://127.0.0.1:8080/health" }
        dependsOn: { ${index === 0 ? '' : `p${index - 1}: started`} }
`,
  );
  const text = `groups:\n  g:\n    processes:\n${processes.join('')}`;
  expect(text.length).toBeGreaterThan(900_000);
  expect(profileOf(text).groups[0]?.processes).toHaveLength(1000);
  // Measured against the library in the same minute, since machines are busy and differ; about 1.4 is usual.
  const yaml = quickest(() => parseDocument(text, { uniqueKeys: false }));
  const profile = quickest(() => profileOf(text));
  expect(profile / yaml).toBeLessThan(4);
}, 60_000);

function quickest(work: () => void): number {
  const times = [1, 2].map(() => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
  return Math.min(...times);
}
