import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { kill9 } from './killing.ts';
import { livingAt } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const profile = (family: string) => `groups:
  batch:
    processes:
      stubborn:
        command: [sh, ${join(project, 'test/fixtures/programs/stubborn-tree.sh')}, ${family}]
        stop: { grace: 300ms }
        restart: { backoff: { initial: 0s } }
      neighbour:
        command: [sleep, "86401"]
`;

/** The pids of the family, as its members wrote them down: four of them. */
async function familyOf(place: Workplace): Promise<number[]> {
  const family = place.path('family');
  return until('a whole family', () => {
    const pids = existsSync(family) ? readFileSync(family, 'utf8').trim().split('\n').map(Number) : [];
    return pids.length === 4 && pids;
  });
}

const alive = (pids: readonly number[]) => pids.filter((pid) => livingAt(pid) !== null);

test('a stop ends the whole tree, whoever ignores TERM and whoever went into a session of its own', async () => {
  const place = placeOfTest();
  await watch(place, profile(place.path('family')));
  const [root = 0, neighbour = 0] = await place.running(['batch/stubborn', 'batch/neighbour']);
  const family = await familyOf(place);
  expect(family).toContain(root);
  expect(alive(family)).toHaveLength(4);
  const sessions = new Set(family.map((pid) => livingAt(pid)?.session));
  expect(sessions.size).toBe(2);

  await place.done('stop', 'batch/stubborn');
  await until('a stop', async () => (await place.process('batch/stubborn')).state === 'stopped');
  expect(alive(family)).toEqual([]);
  expect(alive([neighbour])).toEqual([neighbour]);
  expect(place.notices('batch/stubborn').some(({ id }) => id === 'process.left-over')).toBe(false);
  expect(place.living().filter(({ commandLine }) => commandLine === 'sleep 1000')).toEqual([]);
});

test('a process that dies by itself leaves nobody of its group behind when it is started again', async () => {
  const place = placeOfTest();
  await watch(place, profile(place.path('family')));
  const [root = 0] = await place.running(['batch/stubborn', 'batch/neighbour']);
  const family = await familyOf(place);
  const inSession = family.filter((pid) => livingAt(pid)?.session === root);
  expect(inSession).toHaveLength(3);
  await kill9(place, 'batch/stubborn');
  await until('another family', async () => (await place.pids('batch/stubborn')).some((pid) => pid !== root));
  expect(alive(inSession)).toEqual([]);
});
