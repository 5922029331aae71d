import { expect, test } from 'vitest';
import { expandText } from '../../source/profile/expand.ts';
import { parseProfiles } from '../../source/profile/parse.ts';
import { formatProblem } from '../../source/profile/problem.ts';
import { api, processOf, shop } from './reading.ts';

const environment = { HOME: '/home/ops', PORT: '8080', EMPTY: '', N: '3' };

test.each([
  ['plain', 'plain'],
  ['${HOME}/x', '/home/ops/x'],
  ['${HOME}:${PORT}', '/home/ops:8080'],
  ['${NOPE:-80}', '80'],
  ['${EMPTY:-80}', '80'],
  ['${EMPTY}', ''],
  ['${NOPE:-}', ''],
  ['${NOPE:-${PORT}}', '8080'],
  ['${NOPE:-${ALSO_NOPE:-${HOME}}}/x', '/home/ops/x'],
  ['${NOPE:-a}b}', 'ab}'],
  ['$HOME $1 $', '$HOME $1 $'],
  ['$$', '$'],
  ['$${HOME}', '${HOME}'],
  ['$$$${PORT}', '$${PORT}'],
])('%s becomes %s', (text, expanded) => {
  expect(expandText(text, environment)).toEqual({ ok: true, text: expanded });
});

test('inherited members of an object are no variables', () => {
  expect(expandText('${constructor}', environment)).toMatchObject({
    ok: false,
    what: 'the variable constructor is not set',
  });
});

test('a reference may stand for a number or a boolean, and keeps its text where text is meant', () => {
  const spec = api('{ command: ["${HOME}/run", "${N}"], instances: "${N}", environment: { N: "${N}" } }', {
    environment,
  });
  expect(spec).toMatchObject({ command: ['/home/ops/run', '3'], instances: 3, environment: { N: '3' } });
});

test('numbers in the environment stay as they were written', () => {
  expect(
    api('{ command: x, environment: { A: 1.10, B: 007, C: 0x1F, D: yes, E: true, F: "", G: 1e3 } }').environment,
  ).toEqual({
    A: '1.10',
    B: '007',
    C: '0x1F',
    D: 'yes',
    E: 'true',
    F: '',
    G: '1e3',
  });
});

test('keys are not expanded', () => {
  expect(api('{ command: x, environment: { "${HOME}": 1 } }', { environment }).environment).toEqual({ '${HOME}': '1' });
});

test('relative paths are relative to the folder of the profile', () => {
  const fields = '{ command: ./run.sh, directory: ../srv/shop, output: { file: logs/api.%n.log } }';
  expect(api(fields)).toMatchObject({
    command: ['./run.sh'],
    directory: '/etc/srv/shop',
    output: { file: '/etc/procsaver/logs/api.%n.log' },
  });
  expect(api('{ command: x, directory: ~/shop }').directory).toBe('/home/ops/shop');
});

test('the name of a profile may be relative too', () => {
  const options = { environment: {}, system: 'linux', readFile: () => null } as const;
  const source = { file: 'profiles/shop.yaml', text: shop('{ command: x, directory: work }') };
  const directory = (more: object) => {
    const result = parseProfiles([source], { ...options, ...more });
    return result.ok && result.profile.groups[0]?.processes[0]?.directory;
  };
  expect(directory({ currentDirectory: '/srv' })).toBe('/srv/profiles/work');
  expect(directory({})).toBe('profiles/work');
});

const files: Record<string, string> = {
  '/etc/procsaver/shop.env':
    '# the shop\n\nexport PORT=80\nNAME = "a \\"b\\"\\n"\r\nRAW=\'$HOME "x"\'\nURL=a=b # c\n; old\n',
  '/etc/procsaver/more.env': 'PORT=81\nLEVEL=debug\n',
  '/etc/procsaver/bad.env': 'A=1\nsecret words\n=x\n',
};
const readFile = (path: string) => files[path] ?? null;

test('environment files are read when the profile is; what is nearer to the process wins', () => {
  const fields = '{ command: x, environmentFile: [shop.env, more.env], environment: { LEVEL: info } }';
  expect(api(fields, { readFile }).environment).toEqual({
    PORT: '81',
    NAME: 'a "b"\n',
    RAW: '$HOME "x"',
    URL: 'a=b # c',
    LEVEL: 'info',
  });
});

test('mistakes in an environment file are shown in that file, without what may be a secret', () => {
  const source = { file: '/etc/procsaver/shop.yaml', text: shop('{ command: x, environmentFile: bad.env }') };
  const result = parseProfiles([source], { environment: {}, system: 'linux', readFile });
  const path = 'groups.shop.processes.api.environmentFile';
  expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual([
    `/etc/procsaver/bad.env:2:1 ${path}: this line sets no variable; expected NAME=text; begin comments with #`,
    `/etc/procsaver/bad.env:3:1 ${path}: this line sets no variable; expected NAME=text; begin comments with #`,
  ]);
});

test('a file that many processes name is read once', () => {
  let reads = 0;
  const text =
    'defaults: { environmentFile: /a.env }\ngroups: { g: { processes: { a: { command: x }, b: { command: x } } } }\n';
  const more = { readFile: () => `N=${++reads}` };
  expect(processOf(text, 'g/b', more).environment).toEqual({ N: '1' });
});
