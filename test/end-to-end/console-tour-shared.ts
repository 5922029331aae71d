// Checks of keys that several screens of the console have.
import { expect } from 'vitest';
import type { ActionName } from '../../source/console/actions.ts';
import type { Tour } from './console-tour.ts';
import { until } from './until.ts';

/** Presses the key on the open screen, and awaits what it promises. */
export type Check = (tour: Tour, key: string, scene: Scene) => Promise<void>;

export interface Scene {
  /** From the list. */
  readonly open: (tour: Tour) => Promise<void>;
  /** What stands on this screen and on no other. */
  readonly sign: (tour: Tour) => string | RegExp;
  /** What moves when one moves about. */
  readonly place: (tour: Tour, screen: string) => string;
}

/** Puts this on the terminal's clipboard. */
export function copies(what: (tour: Tour) => Promise<string> | string): Check {
  return async (tour, key) => {
    await tour.press(key);
    await until('the clipboard', async () => (await tour.terminal.clipboard()).trim() === (await what(tour)));
  };
}

export const byCursor = (tour: Tour, screen: string): string => tour.cursorOf(screen);

/** The title of a page: a notice may have the same words, but begins with its time. */
export function titled(text: string): RegExp {
  return new RegExp(`^ ${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'm');
}

/** Opens something over the screen, or another screen, which has this on it. */
export function opens(sign: (tour: Tour) => string | RegExp): Check {
  return async (tour, key) => {
    await tour.press(key);
    await tour.sees(sign(tour));
  };
}

const place = async (tour: Tour, scene: Scene, key: string): Promise<string> => {
  await tour.press(key);
  return scene.place(tour, await tour.settled());
};

async function movesOn(tour: Tour, key: string, scene: Scene, from: string): Promise<void> {
  await tour.press(key);
  await tour.until(`another place than ${from}`, (screen) => scene.place(tour, screen) !== from);
}

async function arrives(tour: Tour, key: string, scene: Scene, at: string): Promise<void> {
  await tour.press(key);
  await tour.until(`the place ${at}`, (screen) => scene.place(tour, screen) === at);
}

export const moving = {
  down: async (tour, key, scene) => movesOn(tour, key, scene, await place(tour, scene, 'g')),
  up: async (tour, key, scene) => {
    const first = await place(tour, scene, 'g');
    expect(await place(tour, scene, 'j')).not.toBe(first);
    await arrives(tour, key, scene, first);
  },
  'page-down': async (tour, key, scene) => movesOn(tour, key, scene, await place(tour, scene, 'g')),
  'page-up': async (tour, key, scene) => movesOn(tour, key, scene, await place(tour, scene, 'G')),
  first: async (tour, key, scene) => {
    const first = await place(tour, scene, 'g');
    expect(await place(tour, scene, 'G')).not.toBe(first);
    await arrives(tour, key, scene, first);
  },
  last: async (tour, key, scene) => {
    const last = await place(tour, scene, 'G');
    expect(await place(tour, scene, 'g')).not.toBe(last);
    await arrives(tour, key, scene, last);
  },
} as const satisfies Readonly<Record<string, Check>>;

export const everywhere = {
  prompt: async (tour, key) => {
    await tour.press(key);
    await tour.sees(tour.promptSign);
    await tour.press(...'paus');
    await tour.sees(/^ ?:paus/m);
  },
  help: opens((tour) => tour.text('help-title')),
  redraw: async (tour, key, scene) => {
    await tour.terminal.disturb('NO PART OF IT');
    await tour.sees('NO PART OF IT');
    await tour.press(key);
    await tour.losesSight('NO PART OF IT');
    await tour.sees(scene.sign(tour));
  },
  suspend: async (tour, key, scene) => {
    await tour.press(key);
    await tour.sees(/Stopped[\s\S]*^ready>$/m);
    expect(await tour.terminal.modes()).toMatch(/^0 1 /);
    await tour.terminal.type('clear; fg', 'Enter');
    await tour.sees(scene.sign(tour));
  },
  quit: async (tour, key) => {
    const { pid } = (await tour.place.status()).engine;
    await tour.press(key);
    await tour.sees(/ready>$/m);
    // An engine that was only looked at goes on.
    expect((await tour.place.status()).engine.pid).toBe(pid);
    await tour.terminal.type('clear', 'Enter');
    await tour.open();
  },
} as const satisfies Readonly<Record<string, Check>>;

/** From every screen that was opened on the list, to the list. */
export const back: Check = async (tour, key) => {
  await tour.press(key);
  await tour.sees(tour.text('column-state'));
};

/** What is done to a process, whatever screen it is done from. */
function acting(name: string) {
  const target = { target: name };
  const isPaused = async (tour: Tour) => (await tour.place.process(name)).paused !== null;
  return {
    pause: async (tour, key) => {
      await tour.press(key);
      await tour.sees(tour.text('pause-title', target));
      await tour.press(...'tour', 'enter');
      await until('a pause', async () => isPaused(tour));
      // The console knows it too: in its header.
      await tour.sees(`${tour.glyph('paused')} 1 `);
      await tour.press(key);
      await until('an end of the pause', async () => !(await isPaused(tour)));
    },
    restart: async (tour, key) => {
      const [before] = await tour.place.running([name]);
      await tour.press(key);
      await until('another pid', async () => {
        const [pid] = await tour.place.running([name]);
        return pid !== before;
      });
    },
    'stop-start': async (tour, key) => {
      await tour.press(key);
      // The question goes on with its state and its pid.
      await tour.sees(`${name} (`);
      await tour.press('y');
      await until('a stop', async () => (await tour.place.process(name)).state === 'stopped');
      await tour.sees(`${tour.glyph('stopped')} 1 `);
      await tour.press(key);
      await tour.place.running([name]);
    },
    dump: async (tour, key) => {
      const before = tour.place.notices(name).filter(({ id }) => id === 'dump.taken').length;
      await tour.press(key);
      await tour.place.noticed('dump.taken', { name, times: before + 1 });
    },
    'copy-name': copies(() => name),
    'copy-pid': copies(async (tour) => (await tour.place.pids(name)).join(' ')),
    why: opens((tour) => titled(tour.text('why-title', target))),
    edit: opens((tour) => titled(tour.text('parameters-title', target))),
    stalls: opens((tour) => titled(tour.text('stalls-title'))),
    timeline: opens((tour) => titled(tour.text('timeline-of', target))),
    'follow-output': opens((tour) => titled(tour.text('output-of', target))),
    evidence: opens((tour) => titled(tour.text('evidence-of', target))),
  } as const satisfies Readonly<Record<string, Check>>;
}

/** In a text that is open: its lines have `order` and a number, and its last is longer than any screen. */
export const inText = {
  find: async (tour, key) => {
    await tour.press(key, ...'order 17', 'enter');
    await tour.sees(tour.glyph('cursor'));
    await tour.sees('order 17');
  },
  'next-match': async (tour, key) => {
    await tour.press('/', ...'order 1', 'enter');
    await tour.until('a match', (screen) => matchOf(tour, screen) !== '');
    const before = matchOf(tour, await tour.terminal.screen());
    await tour.press(key);
    await tour.until('the next match', (screen) => !['', before].includes(matchOf(tour, screen)));
  },
  'previous-match': async (tour, key) => {
    await tour.press('/', ...'order 1', 'enter');
    await tour.until('a match', (screen) => matchOf(tour, screen) !== '');
    const first = matchOf(tour, await tour.terminal.screen());
    await tour.press('n');
    await tour.until('the next match', (screen) => !['', first].includes(matchOf(tour, screen)));
    await tour.press(key);
    await tour.until('the match before', (screen) => matchOf(tour, screen) === first);
  },
  wrap: async (tour, key) => {
    await tour.press('G');
    const isWrapped = (await tour.settled()).includes('the-very-end');
    await tour.press(key);
    await tour.until('long lines otherwise', (screen) => screen.includes('the-very-end') !== isWrapped);
  },
} as const satisfies Readonly<Record<string, Check>>;

function matchOf(tour: Tour, screen: string): string {
  const sign = tour.glyph('cursor');
  return screen.split('\n').find((line) => line.startsWith(`${sign}order`) || line.startsWith(`${sign} order`)) ?? '';
}

/** Nobody depends on it; it has output, evidence, stall timers and notices. */
export const api = acting('shop/api');

export interface Checked extends Scene {
  readonly checks: Readonly<Partial<Record<ActionName, Check>>>;
}

/** From the row of api, by this key. */
export const from =
  (key: string, sign: Scene['sign']): Scene['open'] =>
  async (tour) => {
    await tour.toRow('api');
    await tour.press(key);
    await tour.sees(sign(tour));
  };
