// The built program on Windows, before anything is watched.
import { readdirSync, utimesSync } from 'node:fs';
import { expect } from 'vitest';
import { onWindows } from './on-windows.ts';
import { windowsPlaceOfTest } from './windows-place.ts';

onWindows(
  'the program starts on Windows, says its version, and refuses what is wrong with the same statuses',
  async () => {
    const place = windowsPlaceOfTest();
    expect(await place.done('version')).toMatch(/^procsaver \d+\.\d+\.\d+\s*$/);
    const unknown = await place.command('sttaus');
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('status') });
    const profile = place.write('bad.yaml', 'groups:\n  shop:\n    processes:\n      api: { comand: [writes.exe] }\n');
    const checked = await place.command('check', profile);
    expect(checked.status).toBe(4);
    expect(checked.stdout + checked.stderr).toContain('command');
  },
);

onWindows('its library is written where only its user can, and removed by a later start', async () => {
  const place = windowsPlaceOfTest();
  const temporary = place.machine.path('users/root/AppData/Local/Temp');
  const libraries = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('procsaver-library-'));
  // A command that calls Windows: the others do not need the library.
  await place.command('service', 'status');
  const [first = ''] = libraries();
  expect(first).toMatch(/^procsaver-library-/);
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(`${temporary}/${first}`, longAgo, longAgo);
  await place.command('service', 'status');
  expect(libraries()).not.toContain(first);
  expect(libraries()).toHaveLength(1);
});
