// Three hundred processes that die in the same instant.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { killLiving } from './living.ts';
import { placeOfTest } from './place-of-test.ts';
import { program } from './program.ts';
import { watch } from './tested-engine.ts';
import { Tmux } from './tmux.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const many = 300;
const perSecond = 20;

const profile = `groups:
  farm:
    processes:
      cow:
        command: [sleep, "86401"]
        instances: ${many}
  house:
    processes:
      dog:
        command: [sleep, "86402"]
`;

const sleeps = (place: Workplace) => place.living().filter(({ commandLine }) => commandLine === 'sleep 86401');

/** The slots that living processes bear the mark of, as the kernel shows it. */
function livingSlots(place: Workplace): number[] {
  const slotOf = (pid: number) => /PROCSAVER_SLOT=(\d+)\0/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
  return sleeps(place)
    .map(({ pid }) => Number(slotOf(pid)))
    .toSorted((a, b) => a - b);
}

const slotOf = ({ parameters }: NoticeLine) => Number(parameters['slot'] ?? 1);

/** Asks for the status again and again, as consoles and scripts do, until told to stop. Returns how long each answer took. */
function askingForStatus(place: Workplace): () => Promise<number[]> {
  let isDone = false;
  const asking = (async () => {
    const tookMs: number[] = [];
    while (!isDone) {
      const before = performance.now();
      // 3: something is down.
      expect((await place.command('status', '--json')).status).toBeOneOf([0, 3]);
      tookMs.push(performance.now() - before);
    }
    return tookMs;
  })();
  return () => {
    isDone = true;
    return asking;
  };
}

test('300 deaths in one instant: all are told, 20 a second come back in their order, none twice, and the engine answers all the time', async () => {
  const place = placeOfTest();
  await watch(place, profile);
  await until('all of them', async () => (await place.pids('farm/cow')).length === many);
  const [dog] = await place.pids('house/dog');
  const victims = sleeps(place);
  expect(victims).toHaveLength(many);

  const answered = askingForStatus(place);
  const killedAt = Date.now();
  for (const victim of victims) killLiving(victim);
  await until(
    'all of them again',
    async () => {
      const { instances, state } = await place.process('farm/cow');
      return state === 'running' && instances.length === many;
    },
    60_000,
  );
  const tookS = (Date.now() - killedAt) / 1000;
  const answersMs = await answered();
  const told = place.notices('farm/cow').filter(({ at }) => Date.parse(at) >= killedAt);
  const withId = (id: NoticeLine['id']) => told.filter((notice) => notice.id === id);

  const everySlot = Array.from({ length: many }, (_, index) => index + 1);
  const down = withId('process.down');
  expect(down.map(({ instance }) => instance?.pid).toSorted()).toEqual(victims.map(({ pid }) => pid).toSorted());
  expect(down.every(({ reason }) => reason === 'killed by SIGKILL')).toBe(true);
  for (const id of ['process.restarting', 'process.starting', 'process.up'] as const)
    expect(
      withId(id)
        .map(slotOf)
        .toSorted((a, b) => a - b),
    ).toEqual(everySlot);
  expect(withId('process.gave-up')).toEqual([]);
  expect((await place.process('farm/cow')).slots.map(({ restarts }) => restarts)).toEqual(everySlot.map(() => 1));

  // First come, first served, and never more of them than the brake lets through.
  expect(withId('process.starting').map(slotOf)).toEqual(withId('process.restarting').map(slotOf));
  const startedAt = withId('process.starting').map(({ at }) => Date.parse(at));
  // Wall clock of the notices against the monotonic clock of the brake: a little room for the difference.
  const gaps = startedAt.slice(perSecond).map((at, index) => at - (startedAt[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(990);
  expect(tookS).toBeLessThan(many / perSecond + 5);
  const storms = place.notices().filter(({ id }) => id === 'storm.braked');
  expect(storms).toMatchObject([{ severity: 'warning', parameters: { perSecond } }]);

  // Each slot has one process and no more, and whoever did not die was left alone.
  expect(livingSlots(place)).toEqual(everySlot);
  expect(await place.pids('house/dog')).toEqual([dog]);
  expect(Math.max(...answersMs)).toBeLessThan(1_000);
});

test('a console takes keys and shows what happens while 300 come back', async () => {
  const place = placeOfTest();
  await watch(place, profile);
  await until('all of them', async () => (await place.pids('farm/cow')).length === many);
  const terminal = await Tmux.open(place, { columns: 100, rows: 30 });
  await terminal.type(`'${program}'`, 'Enter');
  await terminal.shows(/cow ×300 .*300 of 300/);
  for (const victim of sleeps(place)) killLiving(victim);
  await terminal.shows(/cow ×300 .*(starting|waiting)/);

  const keysMs: number[] = [];
  const press = async (key: string, shown: RegExp) => {
    const before = performance.now();
    await terminal.type(key);
    await terminal.shows(shown);
    keysMs.push(performance.now() - before);
  };
  await terminal.type('Down');
  for (let time = 0; time < 5; time++) {
    await press('Enter', /^ needed by /m);
    await press('Escape', /GROUP \/ PROCESS/);
  }
  expect((await place.pids('farm/cow')).length).toBeLessThan(many);
  // With the terminal's own time, and the test's for looking at it.
  expect(Math.max(...keysMs)).toBeLessThan(1_000);
  await terminal.type('q');
  await terminal.shows(/^ready>/m);
});
