// Words that are nobody's: who said them is told of, seldom enough.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendDatagram } from '../../../native-bindings/linux/unix-socket.ts';
import { Strangers } from '../../../source/platform/linux/notify-strangers.ts';
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
const path = () => workshop.platform.ports.prober.notifySocket();
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

test('a stranger is told of once a minute, with who he is and what he said', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const instance = await speaker('wait go', 'STATUS=end');
  const end = heardFrom(instance);
  for (let count = 0; count < 30; count++) {
    sendDatagram(path(), 'WATCHDOG=1\nSTATUS=I am not of yours');
    messages().drain();
  }
  writeFileSync(workshop.file('go'), '');
  expect(await end).toEqual([]);
  expect(strangers).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_100);
  expect(strangers).toEqual([
    {
      pid: process.pid,
      who: expect.stringMatching(new RegExp(`^.+, user ${userInfo().username}$`)),
      said: 'WATCHDOG=1, STATUS=I am not of yours',
      reason: 'it is of the tree of no process that is watched',
    },
  ]);
  for (const afterMs of [40_000, 11_000]) {
    await vi.advanceTimersByTimeAsync(afterMs);
    sendDatagram(path(), 'STATUS=again');
    messages().drain();
  }
  await vi.advanceTimersByTimeAsync(10_100);
  expect(strangers.map((stranger) => stranger.said)).toEqual(['WATCHDOG=1, STATUS=I am not of yours', 'STATUS=again']);
});

test('a stranger who speaks all the time is told of no later than one who spoke once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  for (let count = 0; count < 52; count++) {
    sendDatagram(path(), 'WATCHDOG=1');
    messages().drain();
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(strangers).toMatchObject([{ pid: process.pid, said: 'WATCHDOG=1' }]);
});

/** One that says that it stops, and does; its parent has waited for it when this returns, and nothing was read meanwhile. */
async function stopped(listen: (instance: Instance) => void): Promise<void> {
  const script = `${program('notify-speaker.py')} 'wait go' STOPPING=1 end & echo $!; wait; sleep 1000`;
  await workshop.started(['sh', '-c', script], { outputFile: output() });
  const child = instanceAt(Number(await fileWith(output())));
  listen(child);
  writeFileSync(workshop.file('go'), '');
  while (existsSync(`/proc/${child.pid}`));
}

test('the last word of a process that is gone when it is read is still its own', async () => {
  const heard: Message[] = [];
  await stopped((instance) => messages().listen(instance, (message) => heard.push(message)));
  messages().drain();
  expect(heard).toEqual([{ stopping: true }]);
});

test('whoever was listened to until now is no stranger', async () => {
  await stopped((instance) => {
    messages().listen(instance, () => expect.unreachable());
    messages().unlisten(instance);
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  messages().drain();
  await vi.advanceTimersByTimeAsync(10_100);
  expect(strangers).toEqual([]);
});

test('one who ends before his word is read is told of as such', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const words = `import os, socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'STOPPING=1', os.environ['P'])`;
  spawnSync('/usr/bin/python3', ['-c', words], { env: { P: path() } });
  messages().drain();
  await vi.advanceTimersByTimeAsync(10_100);
  expect(strangers).toMatchObject([
    {
      said: 'STOPPING=1',
      who: `ended already, user ${userInfo().username}`,
      reason: expect.stringMatching(/^it ended before/),
    },
  ]);
});

test('strangers are told of at a bounded rate, however many there are', () => {
  const told: Stranger[] = [];
  const many = new Strangers();
  many.onStranger((stranger) => told.push(stranger));
  for (let pid = 4_200_000; pid < 4_201_000; pid++) many.tell({ pid, uid: 0, gid: 0 }, 'cron', 'READY=1', 'no');
  expect(told).toHaveLength(60);
});
