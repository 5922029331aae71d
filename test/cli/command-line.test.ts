import { expect, test } from 'vitest';
import { parseCommandLine } from '../../source/cli/command-line.ts';
import { CommandLineFailure } from '../../source/cli/failure.ts';

const exists = (path: string): boolean => path === 'shop' || path === 'profile-here';
const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), exists);

const understood: readonly (readonly [string, object])[] = [
  ['', { name: 'console', rest: [] }],
  ['shop.yaml', { name: 'console', rest: ['shop.yaml'] }],
  ['a.yaml b.yml c.json ./d', { name: 'console', rest: ['a.yaml', 'b.yml', 'c.json', './d'] }],
  ['profile-here', { name: 'console', rest: ['profile-here'] }],
  ['--daemon', { name: 'daemon', rest: [] }],
  ['--daemon shop.yaml --instance batch', { name: 'daemon', rest: ['shop.yaml'], flags: { instance: 'batch' } }],
  ['shop.yaml --daemon', { name: 'daemon', rest: ['shop.yaml'] }],
  ['status', { name: 'status', target: null }],
  ['status shop/api --json', { name: 'status', target: 'shop/api', flags: { json: true } }],
  ['--json --instance batch status shop', { name: 'status', target: 'shop', flags: { instance: 'batch' } }],
  ['--instance=batch status', { name: 'status', target: null, flags: { instance: 'batch' } }],
  ['status -w', { name: 'status', flags: { watch: true } }],
  ['pause shop/worker#2 --for 2h', { name: 'pause', target: 'shop/worker#2', flags: { for: '2h' } }],
  ['restart 4431', { name: 'restart', target: '4431' }],
  ['restart --all', { name: 'restart', target: '--all', rest: [] }],
  ['restart *', { name: 'restart', target: '*' }],
  ['set shop/api restart.limit=5 stop.grace=30s', { target: 'shop/api', rest: ['restart.limit=5', 'stop.grace=30s'] }],
  ['set --all restart.limit=5', { target: '--all', rest: ['restart.limit=5'] }],
  ['unset shop/api', { name: 'unset', target: 'shop/api', rest: [] }],
  ['events -f -n 5', { name: 'events', flags: { follow: true, lines: '5' } }],
  ['check a.yaml b', { name: 'check', target: null, rest: ['a.yaml', 'b'] }],
  ['--help', { name: 'help', rest: [] }],
  ['pause --help', { name: 'help', rest: ['pause'] }],
  ['pause -h a b c', { name: 'help', rest: ['pause'] }],
  ['help pause', { name: 'help', rest: ['pause'] }],
  ['--version', { name: 'version' }],
  // A command wins over a file of the same name, also a directory; ./status names the file.
  ['./status', { name: 'console', rest: ['./status'] }],
];

test.each(understood)('procsaver %s', (line, expected) => {
  expect(parse(line)).toMatchObject(expected);
});

const refused: readonly (readonly [string, string, object, string | null])[] = [
  ['restrat shop', 'unknownCommand', { word: 'restrat' }, 'restart'],
  ['stats', 'unknownCommand', { word: 'stats' }, 'status'],
  ['Status', 'unknownCommand', { word: 'Status' }, 'status'],
  ['frobnicate', 'unknownCommand', { word: 'frobnicate' }, null],
  ['--daemon status', 'flagOfOthers', { flag: '--daemon', command: 'status' }, null],
  ['--daemon a.yaml frobnicate', 'unknownCommand', { word: 'frobnicate' }, null],
  ['status --wach', 'unknownFlag', { flag: '--wach' }, '--watch'],
  ['pause shop --unitl 9:00', 'unknownFlag', { flag: '--unitl' }, '--until'],
  ['status --frobnicate-it', 'unknownFlag', { flag: '--frobnicate-it' }, null],
  ['status -x', 'unknownFlag', { flag: '-x' }, null],
  ['status --no-such-flag', 'unknownFlag', { flag: '--no-such-flag' }, null],
  ['restart shop --for 2h', 'flagOfOthers', { flag: '--for', command: 'restart', others: 'pause' }, null],
  ['status --daemon', 'flagOfOthers', { flag: '--daemon', command: 'status' }, null],
  ['--watch', 'flagOfOthers', { flag: '--watch', command: 'procsaver', others: 'status' }, null],
  ['pause shop --for', 'flagWithoutValue', { flag: '--for', value: '2h' }, null],
  ['pause shop --for --why x', 'flagWithoutValue', { flag: '--for' }, null],
  ['--instance= status', 'flagWithoutValue', { flag: '--instance' }, null],
  ['pause shop --for 1h --for 2h', 'flagTwice', { flag: '--for' }, null],
  ['restart', 'missingTarget', { command: 'restart' }, null],
  ['params', 'missingTarget', { command: 'params', all: '' }, null],
  ['restart shop mail', 'surplusArgument', { command: 'restart', argument: 'mail' }, null],
  ['restart shop --all', 'targetAndAll', { target: 'shop' }, null],
  ['set shop/api', 'missingArgument', { command: 'set', argument: 'FIELD=VALUE' }, null],
  ['reload now', 'surplusArgument', { command: 'reload', argument: 'now' }, null],
];

test.each(refused)('procsaver %s is refused', (line, id, values, suggestion) => {
  const failure = failureOf(() => parse(line));
  expect(failure).toMatchObject({ id, status: 2, suggestion });
  expect(failure.values).toMatchObject(values);
});

function failureOf(work: () => unknown): CommandLineFailure {
  try {
    work();
  } catch (error) {
    if (error instanceof CommandLineFailure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('an empty reason is fine', () => {
  expect(parseCommandLine(['pause', 'shop', '--why', ''], exists)).toMatchObject({ flags: { why: '' } });
});

test('what follows -- is never a flag', () => {
  expect(parseCommandLine(['check', '--', '--odd.yaml'], exists)).toMatchObject({
    name: 'check',
    rest: ['--odd.yaml'],
  });
});
