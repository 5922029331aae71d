import { expect, test } from 'vitest';
import { errno } from '../../native-bindings/linux/libc.ts';
import { processCpuMs } from '../../native-bindings/linux/process-cpu-clock.ts';
import { readLink } from '../../native-bindings/linux/read-link.ts';
import { readOnce } from '../../native-bindings/linux/read-once.ts';

// The kernel gives no pid above 2 ** 22.
const nobody = 2 ** 22 + 1;

test('a file of /proc comes whole in one read, and what it cannot be read for is told', () => {
  const room = Buffer.alloc(4096);
  const length = readOnce(`/proc/${process.pid}/stat`, room);
  expect(room.toString('latin1', 0, length)).toMatch(new RegExp(`^${process.pid} \\(.*\\n$`));
  expect(readOnce(`/proc/${nobody}/stat`, room)).toBe(-errno.ENOENT);
  expect(readOnce('/proc', room)).toBe(-errno.EISDIR);
});

test('a link of /proc is read, and what it cannot be read for is told without an exception', () => {
  const room = Buffer.alloc(4096);
  const length = readLink(`/proc/${process.pid}/exe`, room);
  expect(room.toString('utf8', 0, length)).toBe(process.execPath);
  expect(readLink(`/proc/${nobody}/exe`, room)).toBe(-errno.ENOENT);
  expect(readLink(`/proc/${process.pid}/stat`, room)).toBe(-errno.EINVAL);
  expect(readLink(`/proc/${process.pid}/exe`, Buffer.alloc(4))).toBe(4);
});

test('the CPU clock of a process is what the process itself says of it, and moves with each of its steps', () => {
  const { user, system } = process.cpuUsage();
  const before = processCpuMs(process.pid) ?? 0;
  // The two are counted by different clocks of the kernel, one of them in steps of a few milliseconds.
  expect(Math.abs(before - (user + system) / 1000)).toBeLessThan(50);
  for (let step = 0; step < 100_000; step++) Math.sqrt(step);
  const after = processCpuMs(process.pid) ?? 0;
  expect(after).toBeGreaterThan(before);
  expect(processCpuMs(1)).toBeGreaterThan(0);
  expect(processCpuMs(nobody)).toBeNull();
});
