// What the commands read of the folder, and what they pack.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportIncident } from '../../../source/platform/evidence/export-incident.ts';
import type { Part } from '../../../source/platform/evidence/part.ts';
import { listIncidents, readEvidenceText, readIncident } from '../../../source/platform/evidence/read-incidents.ts';
import { collect, freshFolder, openFolder, taken } from './scene.ts';

/** Writes so many bytes, as a core would. */
const heavyPart = (bytes: number): Part => ({
  name: 'core',
  isHeavy: true,
  isWanted: () => true,
  take: async (job) => void writeFileSync(join(job.folder, 'core'), Buffer.alloc(bytes, 'x')),
});
describe('read by the commands', () => {
  test('an incident is found by number, folder and name, and its files are listed', async () => {
    const directory = freshFolder();
    const { folder } = taken(await collect(openFolder(directory), { incident: 'abc', process: 'shop/server' }));
    for (const which of [1, '1', '#1', folder.split('/').at(-1) as string, 'abc']) {
      const read = await readIncident(directory, which);
      expect(read).toMatchObject({ ok: true, value: { folder, incident: { number: 1, incident: 'abc' } } });
      expect(read.ok && read.value.files.map(({ name }) => name)).toEqual([
        'incident.json',
        'machine.txt',
        'notices.jsonl',
        'samples.jsonl',
      ]);
    }
    expect(await readIncident(directory, 7)).toEqual({
      ok: false,
      problem: `There is no incident 7. The newest is #1; see \`procsaver evidence list\` for all in ${directory}.`,
    });
    expect(await listIncidents(directory, { process: 'shop' })).toMatchObject({ ok: true, value: [{ number: 1 }] });
    expect(await listIncidents(directory, { process: 'sho' })).toEqual({ ok: true, value: [] });
    expect(await readEvidenceText(folder, 'notices.jsonl', 12)).toEqual({ ok: true, value: '{"end":"x"}\n' });
    expect(await readEvidenceText(folder, '../index.jsonl')).toMatchObject({ ok: false });
  });

  test('a folder that was never made holds nothing', async () => {
    expect(await listIncidents(join(freshFolder(), 'evidence'))).toEqual({ ok: true, value: [] });
  });

  test('an export is one archive that tar unpacks, closed to others, and overwrites nothing', async () => {
    const directory = freshFolder();
    const { folder } = taken(await collect(openFolder(directory, [heavyPart(3_000_000)]), {}));
    const file = join(mkdtempSync(join(directory, 'x-')), 'incident.tar.gz');
    expect(await exportIncident(directory, 1, file)).toEqual({
      ok: true,
      value: { file, bytes: statSync(file).size, number: 1 },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const into = freshFolder();
    execFileSync('tar', ['-xzf', file, '-C', into]);
    const name = folder.split('/').at(-1) as string;
    for (const one of readdirSync(folder))
      expect(readFileSync(join(into, name, one))).toEqual(readFileSync(join(folder, one)));
    expect(readdirSync(join(into, name))).toEqual(readdirSync(folder));
    expect(await exportIncident(directory, 1, file)).toEqual({
      ok: false,
      problem: `${file} cannot be written: it exists already. Name another file, or remove it.`,
    });
  });
});
