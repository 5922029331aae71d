import { expect, test } from 'vitest';
import { editProfile } from '../../source/profile/edit.ts';
import type { WrittenValue } from '../../source/profile/profile.ts';
import { processOf } from './reading.ts';

const profile = `# The shop. Ask Mori before changing anything.
defaults: { restart: { limit: 9, within: 1h } }   # everybody

groups:
  shop:   # the web shop
    processes:
      api:
        command: [node,   "api.js"]   # odd spacing stays
        restart:   # often
          limit: 3     # three
          # why a day
          within: '24h'
          successExitCodes:
            - 0
            - 1   # one

        # about stopping
        stop: {signal: TERM, grace: 5s}   # gently

      worker:
        command: node worker.js
        # nothing more
      cache: { command: x }
      queue:
        command: y
        restart:
        stop: # none yet
          grace: 2s
        ready: { http: "http://127.0.0.1/" }
        linux:
          stop: { signal: INT }
      base: &base
        command: z
        restart: { delay: 4s, within: 2h }
      heir:
        <<: *base
        user: web
      twin: *base
# the end`;

/** The lines that a change takes out and puts in. */
function difference(process: string, field: string, value: WrittenValue, text = profile): string[] {
  const result = editProfile(text, [{ group: 'shop', process, field, value }]);
  if (!result.ok) return [result.problem];
  const [before, after] = [text.split('\n'), result.text.split('\n')];
  let first = 0;
  while (before[first] === after[first] && first < before.length) first += 1;
  let last = 1;
  while (before.at(-last) === after.at(-last) && before.length - last >= first && after.length - last >= first)
    last += 1;
  return [
    ...before.slice(first, before.length - last + 1).map((line) => `- ${line.trim()}`),
    ...after.slice(first, after.length - last + 1).map((line) => `+ ${line.trim()}`),
  ];
}

test.each<[string, string, WrittenValue, string[]]>([
  // A value that is there: the comment behind it, the quotes round it and the braces it stands in stay.
  ['api', 'restart.limit', 5, ['- limit: 3     # three', '+ limit: 5     # three']],
  ['api', 'restart.within', '12h', ["- within: '24h'", "+ within: '12h'"]],
  [
    'api',
    'stop.grace',
    '9s',
    ['- stop: {signal: TERM, grace: 5s}   # gently', '+ stop: {signal: TERM, grace: 9s}   # gently'],
  ],
  [
    'api',
    'restart.successExitCodes',
    [0, 2],
    ['- successExitCodes:', '- - 0', '- - 1   # one', '+ successExitCodes: [0, 2]   # one'],
  ],
  // One that is not: it comes behind the last one of its map.
  ['api', 'restart.delay', '1s', ['+ delay: 1s']],
  [
    'api',
    'stop.tree',
    false,
    ['- stop: {signal: TERM, grace: 5s}   # gently', '+ stop: {signal: TERM, grace: 5s, tree: false}   # gently'],
  ],
  ['worker', 'restart.limit', 5, ['+ restart: { limit: 5 }']],
  ['worker', 'restart.backoff.initial', '2s', ['+ restart: { backoff: { initial: 2s } }']],
  ['cache', 'restart.limit', 5, ['- cache: { command: x }', '+ cache: { command: x, restart: { limit: 5 } }']],
  ['queue', 'restart.limit', 5, ['- restart:', '+ restart: { limit: 5 }']],
  ['queue', 'stop.grace', '3s', ['- grace: 2s', '+ grace: 3s']],
  // Another way to be ready takes the place of the old one.
  ['queue', 'ready.tcp', '127.0.0.1:80', ['- ready: { http: "http://127.0.0.1/" }', '+ ready: { tcp: 127.0.0.1:80 }']],
  // The block for this system would hide the value.
  ['queue', 'stop.signal', 'QUIT', ['- stop: { signal: INT }', '+ stop: { signal: QUIT }']],
  // A map under a merge key replaces the merged one, so what that said is written out.
  ['heir', 'restart.limit', 5, ['+ restart: { delay: 4s, within: 2h, limit: 5 }']],
  ['heir', 'stop.grace', '1s', ['+ stop: { grace: 1s }']],
  ['twin', 'restart.delay', '9s', ['- twin: *base', '+ twin: { <<: *base, restart: { delay: 9s, within: 2h } }']],
  // What would change other processes too is left to people.
  [
    'base',
    'restart.delay',
    '9s',
    [
      'shop/base restart.delay cannot be written into the profile: an anchor or a block carries the value to other places too; change it by hand',
    ],
  ],
  [
    'nobody',
    'restart.limit',
    5,
    ['shop/nobody restart.limit cannot be written into the profile: it does not stand in this file'],
  ],
])('%s: %s = %j', (process, field, value, lines) => {
  expect(difference(process, field, value)).toEqual(lines);
});

test('the new value is the one that is read, whatever characters are in it', () => {
  for (const value of [
    'echo ${HOME} $$ $x',
    'a: b # c',
    '- x',
    "it's",
    '"',
    '{}',
    'yes',
    '0x10',
    ' a ',
    'two\nlines',
    '\u65e5\u672c',
  ]) {
    const result = editProfile(profile, [
      { group: 'shop', process: 'worker', field: 'stop.run', value: ['sh', '-c', value] },
    ]);
    expect(result.ok && processOf(result.text, 'shop/worker').stop.run).toEqual(['sh', '-c', value]);
  }
});

test('several values are written one after the other', () => {
  const result = editProfile(profile, [
    { group: 'shop', process: 'worker', field: 'restart.limit', value: 5 },
    { group: 'shop', process: 'worker', field: 'restart.within', value: '1h' },
  ]);
  expect(result.ok && result.text).toContain('        restart: { limit: 5, within: 1h }\n        # nothing more\n');
});

test('line ends stay what they are, and so does a byte order mark', () => {
  const text = `\uFEFF${profile.replaceAll('\n', '\r\n')}`;
  const result = editProfile(text, [{ group: 'shop', process: 'worker', field: 'restart.limit', value: 5 }]);
  expect(result.ok && result.text).toBe(
    text.replace('worker.js\r\n', 'worker.js\r\n        restart: { limit: 5 }\r\n'),
  );
});

test('a profile in JSON stays JSON', () => {
  const text = '{"groups": {"shop": {"processes": {"api": {"command": ["x"], "restart": {"limit": 3}}}}}}';
  const result = editProfile(text, [
    { group: 'shop', process: 'api', field: 'restart.within', value: '1h' },
    { group: 'shop', process: 'api', field: 'stop.grace', value: '3s' },
  ]);
  expect(result.ok && JSON.parse(result.text).groups.shop.processes.api).toEqual({
    command: ['x'],
    restart: { limit: 3, within: '1h' },
    stop: { grace: '3s' },
  });
});

test('a text that is no longer YAML is left alone', () => {
  expect(difference('api', 'restart.limit', 5, 'groups: [')).toEqual([
    'shop/api restart.limit cannot be written into the profile: its text is no longer sound YAML',
  ]);
});

test('values of a service and of a range of workers are written beside what stands there', () => {
  const text = `groups:
  shop:
    processes:
      spooler: { service: cups, scope: system }   # the printers
      workers:
        match: { executable: worker.py }
        instances: { min: 3, for: 15s }   # of the scheduler
`;
  expect(difference('spooler', 'restart.timeout', '2m', text)).toEqual([
    '- spooler: { service: cups, scope: system }   # the printers',
    '+ spooler: { service: cups, scope: system, restart: { timeout: 2m } }   # the printers',
  ]);
  expect(difference('workers', 'restart.limit', 5, text)).toEqual(['+ restart: { limit: 5 }']);
});

test('stall rules are written beside what stands there, and read back as they were set', () => {
  const text = `groups:
  shop:
    processes:
      api:
        command: x
        stall: # signs of life
          output: 5m   # it logs each minute
          probe: { http: "http://127.0.0.1/", failures: 5 }
        rules:
          - { metric: cpu, above: 90%, for: 5m }   # busy
`;
  const edits: readonly [string, WrittenValue][] = [
    ['stall.output', 'off'],
    ['stall.heartbeat', '30s'],
    ['stall.spinning.for', '5m'],
    ['stall.spinning.above', '50%'],
    ['stall.probe.nagios', ['check_http', '-H', 'localhost']],
    ['rules', [{ metric: 'memory', above: '512M', for: '1m' }]],
    ['onStall', 'dump'],
    ['dump', ['stack', 'core']],
    ['keep', 3],
    ['secrets', ['DB_LOGIN']],
  ];
  const result = editProfile(
    text,
    edits.map(([field, value]) => ({ group: 'shop', process: 'api', field, value })),
  );
  expect(result.ok && result.text).toBe(`groups:
  shop:
    processes:
      api:
        command: x
        stall: # signs of life
          output: off   # it logs each minute
          probe: { nagios: [check_http, -H, localhost], failures: 5 }
          heartbeat: 30s
          spinning: { for: 5m, above: 50% }
        rules: [{ metric: memory, above: 512M, for: 1m }]   # busy
        onStall: dump
        dump: [stack, core]
        keep: 3
        secrets: [DB_LOGIN]
`);
  expect(result.ok && processOf(result.text, 'shop/api')).toMatchObject({
    stall: {
      outputMs: null,
      heartbeatMs: 30_000,
      spinning: { abovePercent: 50, forMs: 300_000 },
      probe: { failures: 5 },
    },
    rules: [{ metric: 'memory', bound: 'above', forMs: 60_000 }],
    onStall: 'dump',
    dump: ['stack', 'core'],
    keep: 3,
    secrets: ['DB_LOGIN'],
  });
});
