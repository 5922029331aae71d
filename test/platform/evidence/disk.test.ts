// Where no evidence can be kept, that is said, and nothing else suffers.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Part } from '../../../source/platform/evidence/part.ts';
import { listIncidents } from '../../../source/platform/evidence/read-incidents.ts';
import { openLinuxEvidence } from '../../../source/platform/linux/evidence/linux-evidence.ts';
import type { EvidenceResult } from '../../../source/ports/evidence.ts';
import { mayMount, mountSmallDisk } from '../small-disk.ts';
import { collect, freshFolder, incidentOf, openFolder, requestFor, taken, until } from './scene.ts';

describe('where nothing can be kept', () => {
  test.skipIf(!mayMount)(
    `a full disk is said, and when there is room again it goes on${mayMount ? '' : ' (SKIPPED: mounting a disk takes root)'}`,
    async () => {
      const disk = mountSmallDisk(1024);
      onTestFinished(() => disk.close());
      const directory = join(disk.folder, 'evidence');
      const folder = openFolder(directory);
      taken(await collect(folder, { lives: true }));
      disk.fill();
      const full = await collect(folder, { lives: true });
      expect(full).toEqual({
        ok: false,
        problem: `the disk of ${directory} is full. Make room; monitoring goes on.`,
      });
      disk.empty();
      await until(() => readdirSync(directory).every((name) => !name.startsWith('.taking')));
      // The number of what could not be kept is not given again.
      expect(taken(await collect(folder, { lives: true })).number).toBe(3);
    },
  );

  test.skipIf(!mayMount)(
    `a core larger than the disk costs only the core${mayMount ? '' : ' (SKIPPED: mounting a disk takes root)'}`,
    async () => {
      const disk = mountSmallDisk(1024);
      onTestFinished(() => disk.close());
      const tooMuch: Part = {
        name: 'maps',
        isHeavy: false,
        isWanted: () => true,
        take: async (job) => void (await job.write('maps.txt', 'x'.repeat(4_000_000))),
      };
      const result = taken(await collect(openFolder(join(disk.folder, 'evidence'), [tooMuch]), { lives: true }));
      expect(result.missing).toContain('no maps.txt: the disk is full');
      expect(existsSync(join(result.folder, 'maps.txt'))).toBe(false);
      expect(incidentOf(result).missing).toContain('no maps.txt: the disk is full');
    },
  );

  test.skipIf(!mayMount)(
    `a read-only disk is said${mayMount ? '' : ' (SKIPPED: mounting a disk takes root)'}`,
    async () => {
      const disk = mountSmallDisk(1024);
      onTestFinished(() => disk.close());
      execFileSync('mount', ['-o', 'remount,ro', disk.folder]);
      const result = await collect(openFolder(join(disk.folder, 'evidence')), {});
      expect(result).toEqual({
        ok: false,
        problem: expect.stringMatching(/^\/.* cannot be used: .*EROFS.*Make room or correct the rights\.$/),
      });
    },
  );

  test('a symbolic link in its place is not followed, nor read', async () => {
    const target = freshFolder();
    const directory = join(freshFolder(), 'evidence');
    symlinkSync(target, directory);
    expect(await collect(openFolder(directory), {})).toEqual({
      ok: false,
      problem: expect.stringContaining('is a symbolic link, which is never followed'),
    });
    expect(readdirSync(target)).toEqual([]);
    expect(await listIncidents(directory)).toEqual({
      ok: false,
      problem: `${directory} is a symbolic link, which is never followed.`,
    });
  });

  const isRoot = process.geteuid?.() === 0;
  test.skipIf(!isRoot)(
    `another user's folder is not used, nor one that another user could replace${isRoot ? '' : ' (SKIPPED: giving a folder away takes root)'}`,
    async () => {
      const directory = freshFolder();
      chownSync(directory, 65534, 65534);
      expect(await collect(openFolder(directory), {})).toEqual({
        ok: false,
        problem: expect.stringContaining(`${directory} belongs to user 65534`),
      });
      expect(await listIncidents(directory)).toEqual({
        ok: false,
        problem: expect.stringContaining('belongs to user 65534'),
      });
      const below = join(directory, 'evidence');
      mkdirSync(below);
      const folder = openLinuxEvidence({ directory: below, problem: () => {} });
      const result = await new Promise<EvidenceResult>((report) => folder.collect(requestFor({}), report));
      expect(result).toEqual({
        ok: false,
        problem: expect.stringContaining('who could put something else in its place'),
      });
    },
  );

  test('a folder that is open to others is closed', async () => {
    const directory = freshFolder();
    chmodSync(directory, 0o755);
    await collect(openFolder(directory), {});
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });
});
