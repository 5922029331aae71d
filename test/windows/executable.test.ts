// The built program on Windows, before anything is watched.
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
