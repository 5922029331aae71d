// Every key of the console's table is pressed on every screen that has it, on real processes, and the screen is looked at after each.
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Binding, keymap, type ScreenName } from '../../source/console/keymap.ts';
import { Tour, type TourLook } from './console-tour.ts';
import { checkedScreens } from './console-tour-checks.ts';
import type { Check } from './console-tour-shared.ts';
import { noSshd, startSshd } from './own-sshd.ts';
import { placeOfTest } from './place-of-test.ts';
import { program } from './program.ts';
import { watch } from './tested-engine.ts';
import { Tmux } from './tmux.ts';
import type { Workplace } from './workplace.ts';

const looks: readonly TourLook[] = [
  { columns: 80, rows: 24, language: 'en', ascii: false },
  { columns: 120, rows: 40, language: 'en', ascii: false },
  { columns: 200, rows: 50, language: 'en', ascii: false },
  { columns: 100, rows: 30, language: 'ja', ascii: false },
  { columns: 100, rows: 30, language: 'en', ascii: true },
];

/** A group, a count, one that hangs, one that is given up. */
const profile = `groups:
  shop:
    processes:
      database:
        command: [sleep, "86401"]
        stall: { blocked: 12h }
      api:
        command: [sh, -c, 'for i in $(seq 200); do echo "order $i"; done; printf "%0300d the-very-end\\n" 0; exec sleep 86402']
        restart: { backoff: { initial: 0s } }
        stall: { output: 15m }
      worker:
        command: [sleep, "86403"]
        instances: 3
  batch:
    processes:
      hopeless:
        command: [sh, -c, exit 7]
        restart: { limit: 1, within: 1h, backoff: { initial: 0s } }
      silent:
        command: [sleep, "86404"]
        stall: { output: 1s }
        onStall: alert
`;

const isChecked = (screen: ScreenName, { action }: Binding): boolean => action in checkedScreens[screen].checks;

test('every key of the table has its check', () => {
  const screens = Object.keys(keymap) as ScreenName[];
  const forgotten = screens.flatMap((screen) =>
    (keymap[screen] as readonly Binding[])
      .filter((binding) => !isChecked(screen, binding))
      .map(({ action, keys }) => `${screen}: ${keys.join(' ')} (${action})`),
  );
  expect(forgotten).toEqual([]);
});

/** Processes as the tour wants to find them: something hangs, something is given up, there is evidence. */
async function settledEngine(place: Workplace): Promise<void> {
  await watch(place, profile);
  await place.running(['shop/database', 'shop/api', 'shop/worker']);
  await place.noticed('process.gave-up', { name: 'batch/hopeless' });
  await place.noticed('process.stalled', { name: 'batch/silent' });
  await place.done('dump', 'shop/api');
  await place.done('dump', 'shop/api');
  await place.noticed('dump.taken', { name: 'shop/api', times: 2 });
}

async function sitDown(place: Workplace, look: TourLook, login?: (terminal: Tmux) => Promise<void>): Promise<Tour> {
  writeFileSync(place.path('home/console.json'), JSON.stringify({ ascii: look.ascii }));
  const terminal = await Tmux.open(place, look);
  await login?.(terminal);
  const tour = new Tour(terminal, place, look, async () => {
    await terminal.type(`'${program}' --lang ${look.language}`, 'Enter');
    await terminal.shows(tour.text('column-state'));
  });
  await tour.open();
  return tour;
}

/** Presses all of a screen's table, each key from the same start. */
async function walk(tour: Tour, screen: ScreenName): Promise<void> {
  const scene = checkedScreens[screen];
  for (const { action, keys } of keymap[screen] as readonly Binding[]) {
    // That none is missing is said by the test above.
    const check = (scene.checks as Readonly<Record<string, Check | undefined>>)[action];
    for (const key of keys) {
      try {
        await tour.home();
        await scene.open(tour);
        await check?.(tour, key, scene);
      } catch (error) {
        throw new Error(`${screen}: ${key} (${action}): ${(error as Error).message}`);
      }
    }
  }
  await tour.home();
}

/** The tour at one size takes a minute and a half; `TOUR=all` walks it at every size and in every look. */
const walked = process.env['TOUR'] === 'all' ? looks : looks.slice(0, 1);
if (walked.length < looks.length)
  process.stderr.write(
    `NOT TESTED: the tour of the console in ${looks.length - walked.length} of ${looks.length} looks: TOUR=all walks all of them\n`,
  );

for (const look of walked) {
  const { columns, rows, language, ascii } = look;
  describe(`${columns}x${rows} ${language}${ascii ? ' ASCII' : ''}`, () => {
    test.each(Object.keys(keymap) as ScreenName[])('every key of the screen %s does its own', async (screen) => {
      const place = placeOfTest();
      await settledEngine(place);
      await walk(await sitDown(place, look), screen);
    });
  });
}

const reason = noSshd();
if (reason !== null) process.stderr.write(`NOT TESTED: the console over ssh: ${reason}\n`);

const screensOverSsh: readonly ScreenName[] =
  process.env['TOUR'] === 'all' ? (Object.keys(keymap) as ScreenName[]) : ['list', 'output'];

test.skipIf(reason !== null).each(screensOverSsh)('over ssh every key of %s does its own', async (screen) => {
  const place = placeOfTest();
  await settledEngine(place);
  const login = await startSshd(place);
  const variables = Object.entries(place.environment).map(([name, value]) => `${name}=${value}`);
  const remote = ['cd', place.directory, '&&', 'exec', 'env', ...variables, 'sh', '-i'];
  const tour = await sitDown(place, { columns: 100, rows: 30, language: 'en', ascii: false }, async (terminal) => {
    await terminal.type('clear', 'Enter');
    await terminal.type([...login, `'${remote.join(' ')}'`].join(' '), 'Enter');
    await terminal.shows(/[#$]$/m);
    await terminal.type("PS1='ready> '; clear; echo over $SSH_CONNECTION", 'Enter');
    await terminal.shows(/^over 127\.0\.0\.1 [\s\S]*^ready>$/m);
  });
  await walk(tour, screen);
});
