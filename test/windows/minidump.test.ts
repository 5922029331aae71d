import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { machineOfTest } from './machine-of-test.ts';
import { readMinidump } from './minidump.ts';
import { onWindows } from './on-windows.ts';
import { windowsProgram } from './windows-programs.ts';

onWindows('a minidump that Windows itself has written is read: its streams, the modules, both threads', async () => {
  const machine = machineOfTest();
  const output = machine.path('hangs.txt');
  machine.start([windowsProgram('hangs')], output);
  const pid = await until('a program that hangs', () => {
    const said = /^(\d+) booking/.exec(readFileSync(output, 'utf8'));
    return said !== null && Number(said[1]);
  });
  await machine.done([windowsProgram('dumps'), String(pid), 'C:\\hangs.dmp']);
  const dump = readMinidump(machine.path('hangs.dmp'));
  expect(dump.streams).toEqual(expect.arrayContaining(['ThreadList', 'ModuleList', 'SystemInfo', 'MiscInfo']));
  expect(dump.pid).toBe(pid);
  expect(dump.threads.length).toBeGreaterThanOrEqual(2);
  const names = dump.modules.map(({ name }) => name.toLowerCase().replace(/^.*\\/, ''));
  expect(names).toEqual(expect.arrayContaining(['hangs.exe', 'ntdll.dll', 'kernel32.dll']));
  // Each thread stands somewhere in a module.
  for (const { instruction, stackBytes } of dump.threads) {
    expect(stackBytes).toBeGreaterThan(0);
    expect(dump.modules.some(({ base, size }) => instruction >= base && instruction < base + BigInt(size))).toBe(true);
  }
});
