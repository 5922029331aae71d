// What each key of the console promises, as a check on real processes: by screen, then by action.
import { readFileSync } from 'node:fs';
import type { ScreenName } from '../../source/console/keymap.ts';
import type { Tour } from './console-tour.ts';
import { evidence, output, timeline } from './console-tour-reading.ts';
import {
  api,
  back,
  byCursor,
  type Check,
  type Checked,
  copies,
  everywhere,
  from,
  moving,
  opens,
  titled,
} from './console-tour-shared.ts';
import { until } from './until.ts';

const openGroup = async (tour: Tour): Promise<void> => {
  await tour.toRow('shop');
};

const clears: Check = async (tour, key) => {
  const cleared = (): number =>
    tour.place.notices('batch/hopeless').filter(({ id }) => id === 'operator.cleared').length;
  await until('hopeless given up', async () => (await tour.place.process('batch/hopeless')).state === 'fatal');
  await tour.toRow('hopeless');
  await tour.sees(/hopeless .*(gave up|断念)/);
  const before = cleared();
  await tour.press(key);
  await until('a clearing', () => cleared() > before);
};

const list: Checked = {
  open: async (tour) => tour.toRow('api'),
  sign: (tour) => tour.text('column-state'),
  place: byCursor,
  checks: {
    ...api,
    ...moving,
    ...everywhere,
    clear: clears,
    details: opens((tour) => detailsSign(tour)),
    filter: async (tour, key) => {
      await tour.press(key, ...'worker');
      await tour.losesSight('database');
      await tour.sees('worker');
    },
    sort: opens((tour) => tour.text('sort-title')),
    columns: opens((tour) => tour.text('columns-title')),
    mark: async (tour, key) => {
      await tour.press(key);
      await tour.sees(/^.{0,2}\+ {0,3}.*api/m);
      await tour.until('the cursor below', (screen) => tour.cursorOf(screen).includes('worker'));
      await tour.press('escape');
      await tour.until('no mark', (screen) => !/^.{0,2}\+ {0,3}.*api/m.test(screen));
    },
    problems: opens((tour) => tour.text('no-problems').slice(0, 20)),
    'pause-all': opens((tour) => tour.text('pause-title', { target: tour.text('everything') })),
    fold: async (tour, key) => {
      await tour.press(key);
      await tour.losesSight('database');
      await tour.press('right');
      await tour.sees('database');
    },
    unfold: async (tour, key) => {
      await openGroup(tour);
      await tour.press('h');
      await tour.losesSight('database');
      await tour.press(key);
      await tour.sees('database');
    },
    'fold-all': async (tour, key) => {
      await tour.press(key);
      await tour.until('groups alone', (screen) => !screen.includes('database') && !screen.includes('hopeless  '));
      await tour.press(key);
      await tour.sees('database');
    },
    back: async (tour, key) => {
      await tour.press('/', ...'worker', 'enter');
      await tour.losesSight('database');
      await tour.press(key);
      await tour.sees('database');
    },
  },
};

const detailsSign = (tour: Tour): string => ` ${tour.text('notices')} ${tour.glyph('rule').repeat(4)}`;

/** Up and down lead to the neighbours of the list. */
const neighbour = (name: string): Check => opens(() => new RegExp(`^ shop/${name} `, 'm'));

const details: Checked = {
  open: from('enter', detailsSign),
  sign: detailsSign,
  place: (_, screen) => screen.split('\n')[2] ?? '',
  checks: {
    ...api,
    ...everywhere,
    back,
    up: neighbour('database'),
    down: neighbour('worker'),
    clear: async (tour, key, scene) => {
      await tour.home();
      await tour.toRow('hopeless');
      await tour.press('enter');
      await tour.sees(scene.sign(tour));
      const before = tour.place.notices('batch/hopeless').length;
      await until('hopeless given up', async () => (await tour.place.process('batch/hopeless')).state === 'fatal');
      await tour.press(key);
      await until('a clearing', () =>
        tour.place
          .notices('batch/hopeless')
          .slice(before)
          .some(({ id }) => id === 'operator.cleared'),
      );
    },
  },
};

const stallsSign = (tour: Tour): RegExp => titled(tour.text('stalls-title'));
/** Without how far the timer has come. */
const byTimer = (tour: Tour, screen: string): string => tour.cursorOf(screen).split(' ').slice(0, 3).join(' ');

const stalls: Checked = {
  open: from('S', stallsSign),
  sign: stallsSign,
  place: byTimer,
  checks: {
    ...moving,
    ...everywhere,
    back,
    restart: api.restart,
    dump: api.dump,
    // Its timer is gone with the pause, and the cursor is on another: it is resumed elsewhere.
    pause: opens((tour) => tour.text('pause-title', { target: 'shop/api' })),
    why: api.why,
    details: opens(detailsSign),
  },
};

const parametersSign = (tour: Tour): RegExp => titled(tour.text('parameters-title', { target: 'shop/api' }));
const limitOf = async (tour: Tour) => (await tour.place.process('shop/api')).overrides['restart.limit']?.value;

const openChanged: (tour: Tour) => Promise<void> = async (tour) => {
  await tour.place.done('set', 'shop/api', 'restart.limit=7');
  await tour.home();
  await parameters.open(tour);
  await tour.toRow('restart.limit');
  await tour.sees(/restart\.limit .*7/);
};

const parameters: Checked = {
  open: async (tour) => {
    await from('e', parametersSign)(tour);
    await tour.sees('restart.limit');
  },
  sign: parametersSign,
  place: byCursor,
  checks: {
    ...moving,
    ...everywhere,
    back,
    'copy-name': async (tour, key) => {
      await tour.toRow('stop.grace');
      await copies(() => 'stop.grace=10s')(tour, key, parameters);
    },
    'edit-value': async (tour, key) => {
      await tour.toRow('restart.limit');
      await tour.press(key);
      await tour.sees(tour.text('key-empty'));
      await tour.press('ctrl-u', '9', 'enter');
      await until('the change', async () => (await limitOf(tour)) === 9);
      await tour.losesSight(tour.text('key-empty'));
      await tour.place.done('unset', 'shop/api', 'restart.limit');
    },
    undo: async (tour, key) => {
      await openChanged(tour);
      await tour.press(key);
      await until('an end of the change', async () => (await limitOf(tour)) === undefined);
    },
    write: async (tour, key) => {
      await openChanged(tour);
      await tour.press(key);
      await tour.sees(tour.text('write-title', { target: 'shop/api' }));
      await tour.sees(/^ *\+.*7/m);
      await tour.press('y');
      await until('the profile written', () => /limit: 7/.test(readFileSync(tour.place.path('profile.yaml'), 'utf8')));
      await until('nothing changed any more', async () => (await limitOf(tour)) === undefined);
    },
  },
};

export const checkedScreens: Readonly<Record<ScreenName, Checked>> = {
  list,
  details,
  stalls,
  parameters,
  timeline,
  output,
  evidence,
};
