// The folder of all incidents: bounds, numbers, what goes wrong with a disk, a new engine in the middle, reading.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exportIncident } from '../../../source/platform/evidence/export-incident.ts';
import type { Part } from '../../../source/platform/evidence/part.ts';
import { listIncidents, readEvidenceText, readIncident } from '../../../source/platform/evidence/read-incidents.ts';
import { openLinuxEvidence } from '../../../source/platform/linux/evidence/linux-evidence.ts';
import type { EvidenceResult } from '../../../source/ports/evidence.ts';
import { mayMount, mountSmallDisk } from '../small-disk.ts';
import { collect, freshFolder, incidentOf, openFolder, requestFor, taken, until } from './scene.ts';

/** Writes so many bytes, as a core would. */
const heavyPart = (bytes: number): Part => ({
  name: 'core',
  isHeavy: true,
  isWanted: () => true,
  take: async (job) => void writeFileSync(join(job.folder, 'core'), Buffer.alloc(bytes, 'x')),
});
const at = (second: number) => Date.UTC(2026, 10, 23, 18, 45, second, 123);
const foldersIn = (directory: string) =>
  readdirSync(directory)
    .filter((name) => /^\d/.test(name))
    .sort();

async function listed(directory: string) {
  const list = await listIncidents(directory);
  if (!list.ok) throw new Error(list.problem);
  return list.value;
}

test('a folder is named after time, process and reason; two in one millisecond are told apart', async () => {
  const directory = freshFolder();
  const folder = openFolder(directory);
  const reasons = [
    { kind: 'down', exit: { code: 1 } },
    { kind: 'down', exit: { code: 1 } },
    { kind: 'failed' },
    { kind: 'asked', by: 'root' },
    { kind: 'rule', metric: 'memory' },
    { kind: 'stall', rule: 'output' },
  ] as const;
  await Promise.all(reasons.map((reason) => collect(folder, { reason, atMs: at(1) })));
  const name = '20261123T184501.123Z-shop-server-';
  expect(foldersIn(directory)).toEqual(
    ['asked', 'down-exit-1', 'down-exit-1+2', 'failed', 'rule-memory', 'stall-output'].map((word) => name + word),
  );
});

test('a storm of 300 deaths keeps what it can, refuses the rest with a reason, shares one trace, and never blocks for long', async () => {
  const directory = freshFolder();
  const folder = openFolder(directory);
  let traces = 0;
  folder.lend({
    samples: () => [],
    trace: () => {
      traces += 1;
      return ['{"state":1}'];
    },
  });
  let longestMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 1);
  onTestFinished(() => clearInterval(timer));
  const results: EvidenceResult[] = await Promise.all(
    Array.from({ length: 300 }, (_, number) => collect(folder, { process: `shop/p${number}`, keep: 1 })),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(200);
  expect(results.at(-1)).toEqual({
    ok: false,
    problem: expect.stringContaining('200 incidents are being taken already'),
  });
  expect(new Set(results.map((result) => (result.ok ? result.number : 0))).size).toBe(201);
  expect(traces).toBe(1);
  const inodes = foldersIn(directory).map((name) => statSync(join(directory, name, 'notices.jsonl')).ino);
  expect(new Set(inodes).size).toBe(1);
  // Generous, for a machine that is shared: alone it is some 15 ms.
  expect(longestMs).toBeLessThan(300);
});

test('the oldest folders of a process go first, and their numbers are never given again', async () => {
  const directory = freshFolder();
  const folder = openFolder(directory);
  for (let second = 1; second <= 4; second++)
    await collect(folder, { keep: 2, atMs: at(second), lives: true, reason: { kind: 'failed' } });
  await collect(folder, { process: 'shop/other', keep: 2, atMs: at(0), lives: true });
  await until(() => foldersIn(directory).length === 3);
  const incidents = await listed(directory);
  expect(incidents.map(({ number, folder: path }) => [number, path !== null])).toEqual([
    [1, false],
    [2, false],
    [3, true],
    [4, true],
    [5, true],
  ]);
  expect(incidents[3]).toMatchObject({ first: 1, times: 4 });
  const gone = await readIncident(directory, 1);
  expect(gone).toEqual({
    ok: false,
    problem: expect.stringMatching(/^The evidence of incident #1 \(shop\/server, .*\) was removed to keep within/),
  });
});

test('all incidents together stay within their bound, after a restart too', async () => {
  const directory = freshFolder();
  const parts = [heavyPart(400_000)];
  const take = (second: number, folder = openFolder(directory, parts)) =>
    collect(folder, { process: `shop/p${second}`, atMs: at(second), maxTotalBytes: 1_000_000, lives: true });
  for (let second = 1; second <= 4; second++) await take(second);
  await until(() => foldersIn(directory).length === 2);
  expect(foldersIn(directory).map((name) => name.split('-')[2])).toEqual(['p3', 'p4']);
});

test('an engine that was killed leaves no half incident, and the next one counts on', async () => {
  const directory = freshFolder();
  const first = taken(await collect(openFolder(directory), {}));
  mkdirSync(join(directory, '.taking-half'));
  writeFileSync(join(directory, '.taking-half', 'core'), 'half');
  // Half a line, as a crash leaves it, and one that somebody spoilt.
  appendFileSync(join(directory, 'index.jsonl'), 'spoilt\n{"number":99,"at":"20');
  const next = openFolder(directory);
  await until(() => !existsSync(join(directory, '.taking-half')));
  const second = taken(await collect(next, {}));
  expect(second).toMatchObject({ number: 2, fingerprint: first.fingerprint, same: { number: 1, times: 2 } });
  // Without its index the folders themselves say their numbers.
  rmSync(join(directory, 'index.jsonl'));
  expect((await listed(directory)).map(({ number }) => number)).toEqual([1, 2]);
  expect(taken(await collect(openFolder(directory), {})).number).toBe(3);
});

test('closed in the middle it reports, and writes nothing any more', async () => {
  const directory = freshFolder();
  const folder = openFolder(directory);
  const result = collect(folder, { lives: true });
  folder.close();
  expect(await result).toEqual({ ok: false, problem: 'No evidence was taken of shop/server: the engine is ending.' });
  expect(foldersIn(directory)).toEqual([]);
});

test('one part that throws or takes too long costs only itself', async () => {
  const throwing: Part = {
    name: 'limits',
    isHeavy: false,
    isWanted: () => true,
    take: () => Promise.reject(new Error('no such thing')),
  };
  const slow: Part = {
    name: 'stack',
    isHeavy: true,
    isWanted: () => true,
    take: (job) => new Promise((resume) => setTimeout(resume, job.leftMs() + 5)),
  };
  const folder = openFolder(freshFolder(), [throwing, slow, heavyPart(10)]);
  const begun = performance.now();
  const result = taken(await collect(folder, { withinMs: 200, lives: true }));
  expect(performance.now() - begun).toBeLessThan(600);
  expect(result.missing).toEqual([
    'no limits: no such thing',
    'no output: the engine does not hold the output of this process',
    'no core: the 200 ms for all evidence were over',
  ]);
});

test('the living do not wait for the dead, and among themselves no longer than their time', async () => {
  let release = () => {};
  const held = new Promise<void>((resume) => {
    release = resume;
  });
  const part: Part = {
    name: 'core',
    isHeavy: true,
    isWanted: () => true,
    take: ({ request }) => (request.process === 'shop/quick' ? Promise.resolve() : held),
  };
  const folder = openFolder(freshFolder(), [part]);
  const dead = collect(folder, { process: 'shop/dead', withinMs: 60_000 });
  expect(taken(await collect(folder, { process: 'shop/quick', lives: true })).missing).toHaveLength(1);
  const slow = collect(folder, { process: 'shop/slow', lives: true, withinMs: 60_000 });
  const late = taken(await collect(folder, { process: 'shop/late', lives: true, withinMs: 200 }));
  expect(late.missing).toContain('no core: others were being examined until its time was over');
  release();
  expect((await dead).ok && (await slow).ok).toBe(true);
});

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
        problem: `No evidence was taken of shop/server: the disk of ${directory} is full. Make room; monitoring goes on.`,
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
        problem: expect.stringMatching(
          /^No evidence was taken of shop\/server: No evidence can be kept in .* EROFS.*Make room or correct the rights\.$/,
        ),
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
