import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Part } from '../../../source/platform/evidence/part.ts';
import { listIncidents, readIncident } from '../../../source/platform/evidence/read-incidents.ts';
import type { EvidenceResult } from '../../../source/ports/evidence.ts';
import { collect, freshFolder, openFolder, taken, until } from './scene.ts';

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
  expect(await result).toEqual({ ok: false, problem: 'the engine is ending.' });
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
