import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeWaitStatus, signalName } from '../../native-bindings/linux/exit-status.ts';
import { KernelEvents } from '../../native-bindings/linux/kernel-events.ts';
import { errno } from '../../native-bindings/linux/libc.ts';
import {
  closeDescriptor,
  endedOf,
  pidfdOpen,
  pidfdSendSignal,
  waitForChild,
} from '../../native-bindings/linux/pidfd.ts';
import { isProcessGroupEmpty } from '../../native-bindings/linux/process-group.ts';
import { spawnProcess } from '../../native-bindings/linux/spawn.ts';
import { bindDatagramSocket, sendDatagram } from '../../native-bindings/linux/unix-socket.ts';

function startSleep(): { pid: number; pidfd: number } {
  const output = openSync('/dev/null', 'w');
  const pid = spawnProcess({
    file: '/bin/sleep',
    arguments: ['sleep', '1000'],
    environment: [],
    directory: null,
    output,
  });
  closeSync(output);
  return { pid, pidfd: pidfdOpen(pid) };
}

test.each([
  [0x0000, { code: 0 }],
  [0x0300, { code: 3 }],
  [0xff00, { code: 255 }],
  [9, { signal: 'SIGKILL', core: false }],
  [0x80 | 11, { signal: 'SIGSEGV', core: true }],
])('the wait status %i means %o', (word, status) => {
  expect(decodeWaitStatus(word)).toEqual(status);
});

test.each([
  [6, 'SIGABRT'],
  [17, 'SIGCHLD'],
  [29, 'SIGIO'],
  [34, 'SIGRTMIN'],
  [37, 'SIGRTMIN+3'],
  [33, 'signal 33'],
])('signal %i is called %s', (number, name) => {
  expect(signalName(number)).toBe(name);
});

test('errors are values: -errno', () => {
  expect(pidfdOpen(2 ** 22 + 1)).toBe(-errno.ESRCH);
  expect(pidfdOpen(0)).toBe(-errno.EINVAL);
  expect(pidfdSendSignal(pidfdOpen(process.pid), 1_000)).toBe(-errno.EINVAL);
  expect(bindDatagramSocket('/no/such/folder/socket')).toBe(-errno.ENOENT);
  expect(sendDatagram('/no/such/socket', 'x')).toBe(-errno.ENOENT);
  expect(sendDatagram(`/${'x'.repeat(200)}`, 'x')).toBe(-36);
  const order = { file: '/no/such/file', arguments: ['x'], environment: [], directory: null, output: 2 };
  expect(spawnProcess(order)).toBe(-errno.ENOENT);
});

test('a child is running, ends, is waited for once, and its group is empty then', async () => {
  const { pid, pidfd } = startSleep();
  expect(waitForChild(pidfd)).toBe('running');
  expect(isProcessGroupEmpty(pid)).toBe(false);
  expect(endedOf([pidfd])).toEqual([]);
  const events = new KernelEvents();
  const ended = new Promise((resolve) => {
    events.add(pidfd, resolve);
  });
  expect(pidfdSendSignal(pidfd, 9)).toBe(0);
  await ended;
  expect(endedOf([pidfd])).toEqual([pidfd]);
  expect(waitForChild(pidfd)).toEqual({ signal: 'SIGKILL', core: false });
  expect(waitForChild(pidfd)).toBe(-errno.ECHILD);
  expect(isProcessGroupEmpty(pid)).toBe(true);
  events.close();
  closeDescriptor(pidfd);
});

test('what is called for an event runs where promises run', async () => {
  const { pidfd } = startSleep();
  const events = new KernelEvents();
  const order: string[] = [];
  const later = new Promise<void>((resolve) => {
    events.add(pidfd, () => {
      events.remove(pidfd);
      waitForChild(pidfd);
      void Promise.resolve().then(() => order.push('promise'));
      process.nextTick(() => order.push('tick'));
      setTimeout(() => {
        order.push('timeout');
        resolve();
      }, 50);
    });
  });
  pidfdSendSignal(pidfd, 9);
  await later;
  expect(order).toEqual(['tick', 'promise', 'timeout']);
  events.close();
  closeDescriptor(pidfd);
});

test('a removed descriptor is not told of, even in the same turn', async () => {
  const children = [startSleep(), startSleep()];
  const events = new KernelEvents();
  const told: number[] = [];
  const first = new Promise<void>((resolve) => {
    for (const { pidfd } of children) {
      events.add(pidfd, () => {
        told.push(pidfd);
        for (const child of children) events.remove(child.pidfd);
        resolve();
      });
    }
  });
  for (const { pidfd } of children) pidfdSendSignal(pidfd, 9);
  await first;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toHaveLength(1);
  events.close();
  for (const { pidfd } of children) {
    waitForChild(pidfd);
    closeDescriptor(pidfd);
  }
});
