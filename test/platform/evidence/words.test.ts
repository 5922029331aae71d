// What is made of texts: masks, fingerprints, stacks, core patterns, addresses.
import { describe, expect, test } from 'vitest';
import { fingerprintOf, normalised, tellingFrames } from '../../../source/platform/evidence/fingerprint.ts';
import { Lane } from '../../../source/platform/evidence/lane.ts';
import { corePatternParts } from '../../../source/platform/linux/evidence/core-pattern.ts';
import { address } from '../../../source/platform/linux/evidence/sockets.ts';
import { blamed, readStacks } from '../../../source/platform/linux/evidence/stack-frames.ts';
import { syscallName } from '../../../source/platform/linux/evidence/syscall-names.ts';
import { Masks } from '../../../source/profile/secrets.ts';

describe('secrets', () => {
  test.each([
    ['DB_PASSWORD', true],
    ['dbPasswd', true],
    ['GITHUB_TOKEN', true],
    ['AWS_SECRET_ACCESS_KEY', true],
    ['apiKey', true],
    ['SSH_AUTH_SOCK', true],
    ['KEYBOARD', false],
    ['AUTHOR', false],
    ['PWD', false],
    ['PATH', false],
    ['Shop_Id', true],
    ['GITHUB_PAT', true],
    ['githubPat', true],
    ['KEY_PASSPHRASE', true],
    ['PATTERN', false],
    ['GOPATH', false],
  ])('%s is masked: %s', (name, isMasked) => {
    expect(new Masks(['--shop_id']).environment({ [name]: 'some value' })[name]).toBe(isMasked ? '***' : 'some value');
  });

  test.each([
    [
      ['a', '--password=geheim', 'b'],
      ['a', '--password=***', 'b'],
    ],
    [
      ['a', '--token', 'geheim', 'b'],
      ['a', '--token', '***', 'b'],
    ],
    [
      ['a', '--token', '--verbose', 'b'],
      ['a', '--token', '--verbose', 'b'],
    ],
    [['-Ddb.password=geheim'], ['-Ddb.password=***']],
    [['Authorization: Bearer abcdef'], ['Authorization: ***']],
    [['ftp://joe:geheim@host/x?a=1&token=geheim2&b=2'], ['ftp://joe:***@host/x?a=1&token=***&b=2']],
  ])('%j on a command line', (words, masked) => {
    expect(new Masks([]).commandLine(words)).toEqual(masked);
  });

  test('a value that was learnt is masked wherever it turns up, in JSON and line by line too', () => {
    const masks = new Masks([]);
    masks.environment({ PRIVATE_KEY: 'first line of a key\nsecond line of a key', TOKEN: 'quo"ted1', PASSWORD: 'one' });
    expect(masks.text(JSON.stringify({ said: 'quo"ted1' }))).toBe('{"said":"***"}');
    expect(masks.text('so second line of a key it is, number one')).toBe('so *** it is, number one');
  });

  test.each([
    ['connects with password=geheim, port=5432', 'connects with password=***, port=5432'],
    ['db_password: geheim', 'db_password: ***'],
    ['{"apiKey":"geheim","port":1}', '{"apiKey":"***","port":1}'],
    ["{'token': 'ge heim'}", "{'token': '***'}"],
    ['> Authorization: Bearer abc.def-ghi', '> Authorization: ***'],
    ['sent "authorization":"Basic YWJj", got 401', 'sent "authorization":"***", got 401'],
    ['went with Bearer abcdefghij.klm', 'went with Bearer ***'],
    ['run --password geheim --port 1', 'run --password *** --port 1'],
    ['keyboard=us monkey: 3', 'keyboard=us monkey: 3'],
    ['token: ***', 'token: ***'],
    ['bearer of bad news', 'bearer of bad news'],
    ['{"keys":3,"secrets":["a"],"text":"token=","b":"c"}', '{"keys":3,"secrets":["a"],"text":"token=","b":"c"}'],
  ])('%s in free text', (text, masked) => {
    expect(new Masks([]).freeText(text)).toBe(masked);
  });

  test('lines of JSON stay lines of JSON', () => {
    const line = JSON.stringify({ from: 'http://a', to: 'b:c', mail: 'x@y' });
    expect(new Masks([]).text(line)).toBe(line);
  });

  test('a line of a million letters takes no time worth telling', () => {
    const begun = performance.now();
    new Masks([]).text('x'.repeat(1_000_000));
    new Masks([]).text('a.'.repeat(500_000));
    new Masks([]).text(`?${'x'.repeat(1_000_000)}`);
    new Masks([]).freeText('password='.repeat(100_000));
    new Masks([]).freeText('password '.repeat(100_000));
    new Masks([]).freeText('-'.repeat(1_000_000));
    new Masks([]).freeText(`password${' '.repeat(1_000_000)}`);
    new Masks([]).freeText('"'.repeat(1_000_000));
    normalised('f'.repeat(1_000_000));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('fingerprints', () => {
  const told = {
    process: 'shop/server',
    reason: { kind: 'down', exit: { code: 1 } },
    frames: [],
    lastLine: '',
  } as const;

  test('agree where only times, numbers and addresses differ', () => {
    const one = '2026-11-23 18:45:01,123 order 4711 of 10.0.0.1:80 failed at 0x7ffd1a';
    const other = '2026-11-24 03:00:59,001 order 12 of 10.9.9.9:443 failed at 0xdeadbeef';
    expect(fingerprintOf({ ...told, lastLine: one })).toBe(fingerprintOf({ ...told, lastLine: other }));
    expect(fingerprintOf({ ...told, lastLine: one })).toMatch(/^[0-9a-f]{8} exit 1: # order # of # failed at #$/);
  });

  test.each([
    ['process', { process: 'shop/other' }],
    ['exit', { reason: { kind: 'down', exit: { code: 2 } } }],
    ['stack', { frames: ['works'] }],
    ['last line', { lastLine: 'no' }],
  ] as const)('differ by %s', (_, change) => {
    expect(fingerprintOf({ ...told, ...change })).not.toBe(fingerprintOf(told));
  });

  test("leave the C library's machinery out of the stack", () => {
    const frames = [
      '__pthread_kill_implementation',
      'raise',
      'abort',
      'check(int)',
      'work.part.0',
      'main',
      '__libc_start_main@@GLIBC_2.34',
      '_start',
    ];
    expect(tellingFrames(frames)).toEqual(['check', 'work', 'main']);
  });
});

describe('stacks', () => {
  const euStack =
    'PID 5 - process\nTID 5:\n#0  0x00007f0caeac5f16 waits\n#1  0x0000559e8cf48232 - 1 main\nTID 6:\n#0  0x00007f0caeac612b spins\n#1  0x00007f0caeac612b\n';
  const gdb = [
    '#0  waits (x=1) at a.c:5',
    '',
    'Thread 2 (Thread 0x7f0cae23b6c0 (LWP 6) "lock"):',
    '#0  spins (a=1) at a.c:6',
    '#1  0x00007f0caeac612b in ?? ()',
    '',
    'Thread 1 (Thread 0x7f0caea3d740 (LWP 5)):',
    '#0  waits (x=1) at a.c:5',
    '#1  0x0000559e8cf48232 in main () at a.c:6',
  ].join('\n');

  test.each([
    ['eu-stack', euStack],
    ['gdb', gdb],
  ])('of %s are read', (_, output) => {
    const stacks = readStacks(output);
    expect([...stacks]).toEqual([
      [5, ['waits', 'main']],
      [6, ['spins', '??']],
    ]);
    expect(blamed(stacks, [], 5)).toEqual(['waits', 'main']);
    expect(blamed(stacks, [6], 5)).toEqual(['spins', '??']);
    expect(blamed(stacks, [], 0)).toEqual(['waits', 'main']);
  });

  test('system calls have names', () => {
    expect([syscallName(process.arch === 'arm64' ? 98 : 202), syscallName(99_999)]).toEqual([
      'futex',
      'system call 99999',
    ]);
  });
});

describe('the pattern of cores', () => {
  test.each([
    ['core', false, 'core', true],
    ['core', true, 'core.123', true],
    ['core', true, 'core', false],
    ['core.%p', true, 'core.123', true],
    ['core-%e-%p-%s-%t', false, 'core-my prog-123-11-1700000000', true],
    ['core-%e-%s', false, 'core-prog-6', false],
    ['%%-%E.%h.%u.%g.%i.%I.%P.%c', false, '%-!usr!bin!prog.host.0.0.7.7.123.unlimited', true],
    ['a.b', false, 'aXb', false],
  ])('%s (with pid: %s) against %s: %s', (pattern, usesPid, name, fits) => {
    const { parts, isAbsolute } = corePatternParts(pattern, usesPid, { signal: 11 });
    expect(isAbsolute).toBe(false);
    expect(parts.at(-1)?.test(name)).toBe(fits);
  });

  test('is taken apart by its slashes', () => {
    const { parts, isAbsolute } = corePatternParts('/var/cores/%e/core.%p', false, { signal: null });
    expect(isAbsolute).toBe(true);
    expect(['var', 'cores', 'prog', 'core.1'].map((name, index) => parts[index]?.test(name))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

test.each([
  ['0100007F:1F90', '127.0.0.1:8080'],
  ['00000000000000000000000001000000:0016', '[::1]:22'],
  ['00000000000000000000000000000000:0050', '[::]:80'],
  ['B80D01200000000000000000010000FF:0050', '[2001:db8::ff00:1]:80'],
])('the address %s reads %s', (hex, text) => {
  expect(address(hex)).toBe(text);
});

test('a lane lets the urgent go first, and whoever gives up is out of it', async () => {
  const lane = new Lane();
  const order: string[] = [];
  let release = () => {};
  const first = lane.run(false, () => new Promise<void>((resume) => (release = resume)));
  const patient = lane.run(false, async () => void order.push('patient'));
  const urgent = lane.run(true, async () => void order.push('urgent'));
  expect(await lane.runWithin(10, async () => void order.push('never'))).toBe(false);
  release();
  await Promise.all([first, patient, urgent]);
  await lane.run(false, async () => void order.push('last'));
  expect(order).toEqual(['urgent', 'patient', 'last']);
});
