// Golden screens: `vitest run --project screens -u` draws them anew; look at the difference before it is committed.
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { frameOf, type Look, screens } from './frames.tsx';

const sizes = ['80x24', '100x30', '120x40', '200x50'] as const;
const english: Omit<Look, 'size'> = { language: 'en', ascii: false, theme: 'none' };

const looks: Readonly<Record<string, { readonly look: Omit<Look, 'size'>; readonly names: readonly string[] }>> = {
  plain: { look: english, names: Object.keys(screens) },
  japanese: { look: { ...english, language: 'ja' }, names: Object.keys(screens) },
  ascii: {
    look: { ...english, ascii: true },
    names: [
      'list',
      'details',
      'slots',
      'counted',
      'pause',
      'troubled',
      'group',
      'stalled',
      'stalls',
      'timeline',
      'output-found',
      'evidence',
      'incident',
    ],
  },
  dark: {
    look: { ...english, theme: 'dark' },
    names: [
      'list',
      'details',
      'editing',
      'pause',
      'lost',
      'troubled',
      'write',
      'stalled',
      'stalls',
      'timeline',
      'output-found',
      'evidence',
      'stack',
    ],
  },
  light: { look: { ...english, theme: 'light' }, names: ['list', 'details'] },
};

function sizeOf(name: string): Look['size'] {
  const [columns = 0, rows = 0] = name.split('x').map(Number);
  return { columns, rows };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
const withoutColour = (frame: string): string => frame.replaceAll(/\u001b\[[\d;]*m/g, '');

for (const [lookName, { look, names }] of Object.entries(looks)) {
  describe(lookName, () => {
    for (const size of sizes) {
      test.each(names)(`%s at ${size}`, async (name) => {
        const frame = frameOf(name, { ...look, size: sizeOf(size) });
        const { columns, rows } = sizeOf(size);
        const lines = withoutColour(frame).split('\n');
        expect(lines).toHaveLength(rows);
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
        // The weight that stands in for colour is left to the coloured ones.
        const drawn = look.theme === 'none' ? lines.join('\n') : frame;
        await expect(`${drawn}\n`).toMatchFileSnapshot(`golden/${lookName}/${name}-${size}.txt`);
      });
    }
  });
}

test('below 60x15 one sentence says so', () => {
  const frame = withoutColour(frameOf('list', { ...english, size: sizeOf('59x14') }));
  expect(frame.trimEnd()).toBe('procsaver needs 60x15; this is 59x14.  q quits.');
});

test('at 60x15 every screen has its header and its bar, and the list tells how many rows are hidden', () => {
  for (const name of Object.keys(screens)) {
    const lines = withoutColour(frameOf(name, { ...english, size: sizeOf('60x15') })).split('\n');
    expect([name, lines.length, lines[1]]).toEqual([name, 15, '─'.repeat(60)]);
  }
  const list = withoutColour(frameOf('list', { ...english, size: sizeOf('60x15') })).split('\n');
  expect(list.at(-2)).toBe(`${'─'.repeat(44)} 8 more below ──`);
});

test('no row is longer than the terminal, whatever its width', () => {
  for (let columns = 60; columns <= 150; columns += 5) {
    for (const name of ['list', 'details', 'parameters', 'pause', 'stalled', 'stalled-details', 'stalls']) {
      for (const language of ['en', 'ja'] as const) {
        const frame = withoutColour(frameOf(name, { ...english, language, size: { columns, rows: 20 } }));
        const lines = frame.split('\n');
        expect(lines).toHaveLength(20);
        expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
      }
    }
  }
});

test('in ASCII nothing else is drawn', () => {
  for (const name of Object.keys(screens)) {
    const frame = frameOf(name, { ...english, ascii: true, size: sizeOf('100x30') });
    expect(withoutColour(frame)).toMatch(/^[\n -~]*$/);
  }
});

test('a command line over every screen leaves its header, and no more rows than the terminal has', () => {
  const look = { ...english, size: sizeOf('100x30') };
  for (const name of Object.keys(screens)) {
    const [before = ''] = withoutColour(frameOf(name, look)).split('\n');
    // A field or a dialog that takes letters keeps the key for itself; its frame is one like another.
    const lines = withoutColour(frameOf(name, look, [':', 'p', 'a'])).split('\n');
    expect([name, lines.length, lines[0]?.slice(0, 12)]).toEqual([name, 30, before.slice(0, 12)]);
  }
});
