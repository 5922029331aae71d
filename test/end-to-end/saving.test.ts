// Live changes against a profile that its owners keep in git, with everything they have written into it.
import { readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfTest } from './place-of-test.ts';
import { run } from './program.ts';
import { startEngine, watch } from './tested-engine.ts';
import type { Workplace } from './workplace.ts';

/** Comments at every place where people write them, blank lines, quotes of all kinds, long lines, values in other notations. */
const profile = `# yaml-language-server: $schema=./profile.schema.json
#
#   The web shop.        Owner: Hanako (ext. 4711)
#   日本語のコメントも、そのまま残ります。

defaults: # for everything below
  restart: { limit: 3, within: 24h }   # agreed with the vendor, 2024-03-01


groups:
  # ---- shop ----------------------------------------------------
  shop:   # the shop itself
    description: 'Web shop: don''t touch on Fridays'
    strategy: one-for-one
    processes:

      # The API. It writes its cache at its end.
      api:
        command:   [ sleep , "86401" ]   # not in a shell
        environment: { GREETING: "こんにちは", EMPTY: '' }
        stop:
          grace:   10s      # it writes its cache
          signal: TERM
        # restart: { limit: 9 }     <- tried in May, was too much
        restart:
          # half as many as for the others
          limit: 2     # two!
          within: 86400s
          backoff: {initial: 1s,   max: 1m} # slowly

      worker:
        command: &sleeps [sleep, "86402"]
        instances: 2   # one a core
        stop: { grace: 3s }

  # ---- and at the end ------------------------------------------
  spooler:
    processes:
      printer: { command: *sleeps, stop: { grace: 3s } } # same program

# the end; no line break follows`;

async function git(place: Workplace, ...words: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Hanako', '-c', 'user.email=hanako@example.com', '-c', 'init.defaultBranch=main'];
  const { status, stdout, stderr } = await run(['git', ...identity, ...words], place);
  if (status !== 0) throw new Error(`git ${words.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Lines of the diff that are no context, without the names of the files. */
async function changedLines(place: Workplace): Promise<string[]> {
  const diff = await git(place, 'diff', '--unified=0', '--', 'profile.yaml');
  return diff.split('\n').filter((line) => /^[+-](?![+-]{2} )/.test(line));
}

async function commitProfile(place: Workplace): Promise<void> {
  await git(place, 'add', 'profile.yaml');
  await git(place, 'commit', '--quiet', '--message', 'The profile');
}

async function watchInGit(place: Workplace): Promise<number[]> {
  await watch(place, profile);
  await git(place, 'init', '--quiet');
  await commitProfile(place);
  return place.running(['shop/api', 'shop/worker', 'spooler/printer']);
}

test('`set --save` changes the one line that the value stands on, as git sees it, and restarts nothing', async () => {
  const place = placeOfTest();
  const pids = await watchInGit(place);
  for (const [assignment, before, after] of [
    ['restart.limit=5', '          limit: 2     # two!', '          limit: 5     # two!'],
    [
      'stop.grace=30s',
      '          grace:   10s      # it writes its cache',
      '          grace:   30s      # it writes its cache',
    ],
    [
      'restart.backoff.max=5m',
      '          backoff: {initial: 1s,   max: 1m} # slowly',
      '          backoff: {initial: 1s,   max: 5m} # slowly',
    ],
  ] as const) {
    await place.done('set', 'shop/api', assignment, '--save');
    expect(await changedLines(place)).toEqual([`-${before}`, `+${after}`]);
    expect((await place.process('shop/api')).overrides).toEqual({});
    await commitProfile(place);
  }
  expect(await place.done('params', 'shop/api')).toMatch(/restart\.limit.*5/);
  expect(await place.running(['shop/api', 'shop/worker', 'spooler/printer'])).toEqual(pids);
  // What only stands in the defaults is written to the process, and the defaults stay for the others.
  await place.done('set', 'shop/worker', 'restart.limit=7', '--save');
  expect(await changedLines(place)).toEqual(['+        restart: { limit: 7 }']);
  expect((await place.process('shop/worker')).restarts.limit).toBe(7);
  expect((await place.process('spooler/printer')).restarts.limit).toBe(3);
  expect((await place.command('check', 'profile.yaml')).status).toBe(0);
});

test('a change that is not saved, and its undoing, never touch the file', async () => {
  const place = placeOfTest();
  const pids = await watchInGit(place);
  const file = place.path('profile.yaml');
  const before = statSync(file, { bigint: true });
  await place.done('set', 'shop/api', 'restart.limit=9', 'stop.grace=1s');
  expect((await place.process('shop/api')).restarts.limit).toBe(9);
  await place.done('unset', 'shop/api', 'restart.limit');
  expect((await place.process('shop/api')).restarts.limit).toBe(2);
  await place.done('unset', 'shop/api');
  expect(await place.process('shop/api')).toMatchObject({ overrides: {}, restarts: { limit: 2 } });
  expect(await git(place, 'status', '--porcelain', '--', 'profile.yaml')).toBe('');
  const { mtimeNs, ino } = statSync(file, { bigint: true });
  expect({ mtimeNs, ino }).toEqual({ mtimeNs: before.mtimeNs, ino: before.ino });
  expect(readFileSync(file, 'utf8')).toBe(profile);
  expect(await place.running(['shop/api', 'shop/worker', 'spooler/printer'])).toEqual(pids);
});

test('a profile that was edited meanwhile keeps both: what was edited, and the one line that is saved', async () => {
  const place = placeOfTest();
  await watchInGit(place);
  await place.done('set', 'shop/api', 'stop.grace=30s');
  place.write('profile.yaml', profile.replace('two!', 'two, says Taro'));
  await place.done('set', 'shop/api', 'restart.limit=4', '--save');
  expect(await changedLines(place)).toEqual([
    '-          grace:   10s      # it writes its cache',
    '+          grace:   30s      # it writes its cache',
    '-          limit: 2     # two!',
    '+          limit: 4     # two, says Taro',
  ]);
});

test('a profile that is a link into a repository stays one, and its file keeps its rights', async () => {
  const place = placeOfTest();
  place.write('repository/shop.yaml', profile, 0o640);
  symlinkSync('repository/shop.yaml', place.path('profile.yaml'));
  await startEngine(place, place.path('profile.yaml'));
  await place.running(['shop/api', 'shop/worker', 'spooler/printer']);
  await place.done('set', 'shop/api', 'restart.limit=4', '--save');
  expect(readlinkSync(place.path('profile.yaml'))).toBe('repository/shop.yaml');
  expect(readFileSync(place.path('repository/shop.yaml'), 'utf8')).toBe(profile.replace('limit: 2', 'limit: 4'));
  expect(statSync(place.path('repository/shop.yaml')).mode & 0o777).toBe(0o640);
});
