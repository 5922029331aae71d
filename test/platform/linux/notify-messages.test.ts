import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Instance } from '../../../source/ports/instance.ts';
import type { Message, Stranger } from '../../../source/ports/messages.ts';
import { fileWith, instanceAt, openWorkshop, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
let strangers: Stranger[];
beforeEach(() => {
  workshop = openWorkshop();
  strangers = [];
  messages().onStranger((stranger) => strangers.push(stranger));
});
afterEach(async () => {
  vi.useRealTimers();
  await workshop.close();
});

const messages = () => workshop.platform.ports.messages;
const output = () => workshop.file('said.log');
const speaker = (...words: string[]) =>
  workshop.started([program('notify-speaker.py'), ...words], { outputFile: output() });

/** What it says, up to the message with STATUS=end. */
const heardFrom = (instance: Instance) =>
  reported<Message[]>((report) => {
    const heard: Message[] = [];
    messages().listen(instance, (message) => {
      if (message.status === 'end') report(heard);
      else heard.push(message);
    });
  });
const said = async (...words: string[]) => heardFrom(await speaker(...words, 'STATUS=end'));

test.for<[string, Message]>([
  ['READY=1', { ready: true }],
  ['READY=1\\nSTATUS=up\\n', { ready: true, status: 'up' }],
  ['RELOADING=1\\nMONOTONIC_USEC=8374567', { reloading: true }],
  ['RELOADING=1', { reloading: true }],
  ['STOPPING=1', { stopping: true }],
  ['STATUS=100 % of a=b', { status: '100 % of a=b' }],
  ['WATCHDOG=1', { watchdog: 'alive' }],
  ['WATCHDOG=trigger', { watchdog: 'trigger' }],
  ['WATCHDOG_USEC=2500000', { heartbeatMs: 2500 }],
  ['WATCHDOG_USEC=1', { heartbeatMs: 1 }],
  ['WATCHDOG_USEC=0', { heartbeatMs: 0 }],
  ['WATCHDOG_USEC=18446744073709551615', { heartbeatMs: 0 }],
  ['EXTEND_TIMEOUT_USEC=30000000', { extendMs: 30_000 }],
  ['READY=1\\x00', { ready: true }],
  ['STATUS=of two\\nSTATUS=the first counts', { status: 'of two' }],
])('%s is heard', async ([word, message]) => {
  expect(await said(word)).toEqual([message]);
  expect(strangers).toEqual([]);
});

test('what means nothing here harms nobody, and is not told of', async () => {
  const odd = [
    '',
    '=',
    '=1',
    'READY',
    'READY=0',
    'ERRNO=2\\nEXIT_STATUS=3',
    'BARRIER=1',
    'FDSTORE=1',
    '__proto__=1',
    '\\n\\n',
  ];
  expect(await said(...odd, 'constructor=1\\nREADY=1')).toEqual([{ ready: true }]);
  expect(strangers).toEqual([]);
});

test('a status is one line of a bounded length, whatever bytes it is made of', async () => {
  const [moving, broken, long] = await said(
    'STATUS=a\\x1b[2Jb\\x00c',
    'STATUS=\\xff\\xfe',
    `STATUS=${'x'.repeat(4000)}`,
  );
  expect(moving).toEqual({ status: 'a [2Jb c' });
  expect(broken).toEqual({ status: '\ufffd\ufffd' });
  expect(long?.status).toMatch(/^x{499}…$/);
});

test.for([
  ['WATCHDOG=maybe', 'WATCHDOG=maybe', /neither 1 nor trigger/],
  ['WATCHDOG_USEC=-1\\nREADY=1', 'WATCHDOG_USEC=-1', /not a number of microseconds/],
  ['EXTEND_TIMEOUT_USEC=soon', 'EXTEND_TIMEOUT_USEC=soon', /not a number of microseconds/],
  ['MAINPID=0', 'MAINPID=0', /not a pid/],
] as const)('%s is refused, and what stands beside it counts', async ([word, text, reason]) => {
  const heard = await said(word);
  expect(heard).toEqual(word.includes('READY') ? [{ ready: true }] : []);
  expect(strangers).toEqual([
    expect.objectContaining({
      said: text,
      reason: expect.stringMatching(reason),
      who: `notify-speaker., user ${userInfo().username}`,
    }),
  ]);
});

test('a message of 4,096 bytes is taken, a longer one is refused whole', async () => {
  const fits = `STATUS=fits\\nX=${'x'.repeat(4096 - 'STATUS=fits\nX='.length)}`;
  expect(await said(fits)).toEqual([{ status: 'fits' }]);
  expect(await said(`${fits}x`)).toEqual([]);
  expect(strangers).toEqual([expect.objectContaining({ reason: expect.stringContaining('4096 bytes') })]);
});

test('MAINPID names a process of the same tree', async () => {
  const instance = await speaker('MAINPID={child}\\nREADY=1', 'MAINPID={pid}', 'STATUS=end');
  const [first, ...more] = await heardFrom(instance);
  expect(first).toEqual({ ready: true, main: expect.objectContaining({ pid: expect.any(Number) }) });
  expect(readFileSync(`/proc/${first?.main?.pid}/cmdline`, 'utf8')).toBe('sleep\x001000\0');
  // That it is the main process itself is no news.
  expect(more).toEqual([]);
});

test.for<[string, () => Promise<number>, RegExp]>([
  [
    'a stranger to it',
    () => workshop.started(['sleep', '1000']).then(({ pid }) => pid),
    /\(sleep\) is not of the tree or session/,
  ],
  ['the engine', async () => process.pid, /not of the tree/],
  ['init', async () => 1, /not of the tree/],
  ['nobody', async () => 4_194_304, /no process 4194304 lives/],
])('MAINPID of %s is refused with the reason', async ([, pid, reason]) => {
  expect(await said(`MAINPID=${await pid()}\\nWATCHDOG=1`)).toEqual([{ watchdog: 'alive' }]);
  expect(strangers).toEqual([
    expect.objectContaining({ said: expect.stringMatching(/^MAINPID=\d+$/), reason: expect.stringMatching(reason) }),
  ]);
});

function isPipe(descriptor: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('pipe:');
  } catch {
    return false;
  }
}

test('a barrier is answered when all before it was heard, and no descriptor that comes along stays open', async () => {
  // They are ends of pipes.
  const open = () => readdirSync('/proc/self/fd').filter(isPipe).length;
  const instance = await speaker(
    'wait go',
    'STATUS=1',
    'STATUS=2',
    'with 1:BARRIER=1',
    'with 200:FDSTORE=1',
    'with 3:STATUS=3',
    'times 3000:STATUS=4',
    'STATUS=end',
  );
  const before = open();
  const heard: (string | undefined)[] = [];
  messages().listen(instance, ({ status }) => heard.push(status));
  writeFileSync(workshop.file('go'), '');
  await fileWith(output(), (text) => text.startsWith('closed\n'));
  expect(heard.slice(0, 2)).toEqual(['1', '2']);
  await fileWith(output(), (text) => text === 'closed\nclosed\nclosed\n');
  expect(heard.slice(0, 3)).toEqual(['1', '2', '3']);
  await vi.waitUntil(() => heard.at(-1) === 'end', { timeout: 10_000 });
  expect(heard).toHaveLength(3004);
  expect(open()).toBe(before);
});

const systemdNotify = '/usr/bin/systemd-notify';
const shell = (script: string) => workshop.started(['sh', '-c', `${script}; sleep 1000`], { outputFile: output() });

test.for<[string, Message]>([
  ["--ready --status='up and running'", { ready: true, status: 'up and running' }],
  ['WATCHDOG=1', { watchdog: 'alive' }],
  ['WATCHDOG=trigger', { watchdog: 'trigger' }],
  ['WATCHDOG_USEC=7000000', { heartbeatMs: 7000 }],
  ['EXTEND_TIMEOUT_USEC=5000000', { extendMs: 5000 }],
  ['RELOADING=1 MONOTONIC_USEC=12', { reloading: true }],
  ['STOPPING=1', { stopping: true }],
  ['--no-block STATUS=hello', { status: 'hello' }],
])("Debian's systemd-notify %s is heard, and does not wait in vain", async ([words, message], { skip }) => {
  if (!existsSync(systemdNotify)) skip(`SKIPPED: ${systemdNotify} is not installed (scripts/install-test-programs.sh)`);
  const instance = await shell(`${systemdNotify} ${words} && echo done`);
  const heard = reported<Message>((report) => messages().listen(instance, report));
  expect(await heard).toEqual(message);
  // By its barrier it ends only when its message was handled.
  expect(await fileWith(output())).toBe('done\n');
  expect(strangers).toEqual([]);
});

test("Debian's systemd-notify --pid names another main process", async ({ skip }) => {
  if (!existsSync(systemdNotify)) skip(`SKIPPED: ${systemdNotify} is not installed (scripts/install-test-programs.sh)`);
  const instance = await shell(`sleep 1000 & echo $!; ${systemdNotify} --ready MAINPID=$!`);
  const { main } = await reported<Message>((report) => messages().listen(instance, report));
  expect(main?.pid).toBe(Number(await fileWith(output())));
});

test('drain takes what waits before the event loop comes to it', async () => {
  const instance = await speaker('wait go', 'WATCHDOG=1', 'STATUS=late', 'write sent');
  const heard: Message[] = [];
  messages().listen(instance, (message) => heard.push(message));
  writeFileSync(workshop.file('go'), '');
  // Nothing else runs here meanwhile, on purpose.
  while (!existsSync(output()) || readFileSync(output(), 'utf8') !== 'sent\n');
  expect(heard).toEqual([]);
  messages().drain();
  expect(heard).toEqual([{ watchdog: 'alive' }, { status: 'late' }]);
});

test('what was said before anybody listened is heard, in its order, by the listener and by the waiting probe', async () => {
  const instance = await speaker('STATUS=starting', 'READY=1', 'STATUS=end', 'write sent');
  await fileWith(output());
  const heard = await heardFrom(instance);
  expect(heard).toEqual([{ status: 'starting' }, { ready: true }]);
  const request = { probe: { kind: 'notify' }, intervalMs: 20, timeoutMs: 500, outputFile: output() } as const;
  await reported<void>((report) => workshop.platform.ports.prober.watch(instance, request, () => report()));
});

test('of nested instances the inner one is heard, and nobody after unlisten', async () => {
  const inner = `setsid ${program('notify-speaker.py')} 'wait first' STATUS=1 'wait second' STATUS=2 'with 1:BARRIER=1'`;
  const outer = await workshop.started(['sh', '-c', `${inner} & echo $!; wait`], { outputFile: output() });
  const child = instanceAt(Number(await fileWith(output())));
  const heard: string[] = [];
  messages().listen(outer, ({ status }) => heard.push(`outer ${status}`));
  const innerHeard = reported<void>((report) =>
    messages().listen(child, ({ status }) => {
      heard.push(`inner ${status}`);
      report();
    }),
  );
  writeFileSync(workshop.file('first'), '');
  await innerHeard;
  messages().unlisten(child);
  writeFileSync(workshop.file('second'), '');
  await fileWith(output(), (text) => text.endsWith('closed\n'));
  expect(heard).toEqual(['inner 1', 'outer 2']);
  messages().unlisten(outer);
});

test('a flood of one sender leaves the event loop and the others their turn', async () => {
  const flood = await speaker('wait go', 'times 2000:STATUS=flood', 'STATUS=end');
  let count = 0;
  const flooded = reported<void>((report) =>
    messages().listen(flood, ({ status }) => {
      count += 1;
      // Work for each, so that the sender is always ahead of us.
      for (const end = performance.now() + 1; performance.now() < end; );
      if (status === 'end') report();
    }),
  );
  const other = await workshop.started([program('notify-speaker.py'), 'wait go', 'READY=1']);
  const otherIsHeard = reported<Message>((report) => messages().listen(other, report));
  let longestMs = 0;
  let last = performance.now();
  const beat = () => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  };
  const pulse = setInterval(beat, 1);
  writeFileSync(workshop.file('go'), '');
  expect(await otherIsHeard).toEqual({ ready: true });
  await flooded;
  beat();
  clearInterval(pulse);
  expect(count).toBe(2001);
  // All in one turn would take 2,000 ms.
  expect(longestMs).toBeLessThan(700);
}, 30_000);
