// What the keys of the screens that are read promise: timeline, output, evidence.
import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { Tour } from './console-tour.ts';
import {
  back,
  byCursor,
  type Check,
  type Checked,
  everywhere,
  from,
  inText,
  moving,
  opens,
  titled,
} from './console-tour-shared.ts';

const timelineSign = (tour: Tour): RegExp => titled(tour.text('timeline-of', { target: 'shop/api' }));

export const timeline: Checked = {
  open: async (tour) => {
    await from('t', timelineSign)(tour);
    await tour.until('notices', (screen) => tour.cursorOf(screen) !== '');
    // All of the journal: what was asked for arrives above, and the cursor stays.
    await tour.press('g');
    await tour.sees(tour.text('older-none'));
  },
  sign: timelineSign,
  place: (tour, screen) => {
    // What stands below in whole is another line, where the lines themselves look alike.
    const lines = screen.split('\n');
    return `${tour.cursorOf(screen)} ${lines.slice(-6).join(' ')}`;
  },
  checks: {
    ...moving,
    ...everywhere,
    back,
    find: async (tour, key) => {
      await tour.press(key, ...'nowhere-to-be-found');
      await tour.until('an empty timeline', (screen) => tour.cursorOf(screen) === '');
    },
    'read-all': opens((tour) => titled(tour.text('timeline-of', { target: tour.text('everything') }))),
  },
};

const outputSign = (tour: Tour): RegExp => titled(tour.text('output-of', { target: 'shop/api' }));
/** The lines below the title: nothing else moves in them. */
const textOf = (_: Tour, screen: string): string => screen.split('\n').slice(3, 12).join('\n');

export const output: Checked = {
  open: async (tour) => {
    await from('l', outputSign)(tour);
    await tour.sees('order 1');
  },
  sign: outputSign,
  place: textOf,
  checks: {
    ...moving,
    ...everywhere,
    ...inText,
    back,
  },
};

const evidenceSign = (tour: Tour): RegExp => titled(tour.text('evidence-of', { target: 'shop/api' }));

/** The file output.txt of the latest incident. */
const inFile =
  (check: Check): Check =>
  async (tour, key, scene) => {
    await tour.press('g', 'enter');
    await tour.sees('output.txt');
    await tour.toRow('output.txt');
    await tour.press('enter');
    await tour.sees('order 1');
    await check(tour, key, scene);
  };

export const evidence: Checked = {
  open: async (tour) => {
    await from('E', evidenceSign)(tour);
    await tour.until('two incidents', (screen) => (screen.match(/#\d+ /g) ?? []).length >= 2);
  },
  sign: evidenceSign,
  place: byCursor,
  checks: {
    ...moving,
    ...everywhere,
    back,
    'open-item': async (tour, key) => {
      await tour.press(key);
      await tour.sees('output.txt');
      await tour.toRow('output.txt');
      await tour.press(key);
      await tour.sees('order 1');
    },
    'export-incident': async (tour, key) => {
      const exported = (): number =>
        readdirSync(tour.place.directory).filter((name) => /\.tar|\.tgz/.test(name)).length;
      const before = exported();
      await tour.press(key);
      await tour.sees(/\.t(ar\.)?gz/);
      expect(exported()).toBeGreaterThanOrEqual(Math.max(1, before));
    },
    'read-all': opens((tour) => titled(tour.text('evidence-of', { target: tour.text('everything') }))),
    find: inFile(inText.find),
    'next-match': inFile(inText['next-match']),
    'previous-match': inFile(inText['previous-match']),
    wrap: inFile(inText.wrap),
  },
};
