// A frame of the terminal as a picture: text stays text, every run of one colour stands at its column.
import { graphemes } from '../source/console/format/width.ts';
import { widthOf } from '../source/format/width.ts';

const CELL = { width: 8.4, height: 18 };
const PADDING = 12;
const FONT = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', monospace";

/** The sixteen colours as a calm dark terminal shows them; by SGR parameter. */
const COLOURS: Readonly<Record<string, string>> = {
  '32': '#7fb069',
  '36': '#5fb3b3',
  '90': '#7a8290',
  '91': '#f07178',
  '93': '#e6c07b',
  '94': '#82aaff',
  '95': '#c792ea',
  '96': '#7fdbca',
};
const FOREGROUND = '#d5d9e0';
const BACKGROUND = '#16191f';

interface Look {
  readonly colour: string;
  readonly isBold: boolean;
}

interface Run extends Look {
  readonly column: number;
  readonly text: string;
}

/** `label` is what a reader who cannot see the picture gets. */
export function svgOf(frame: string, size: { readonly columns: number; readonly rows: number }, label: string): string {
  const width = Math.ceil(size.columns * CELL.width + 2 * PADDING);
  const height = size.rows * CELL.height + 2 * PADDING;
  const lines = frame.split('\n').map((line, row) => lineOf(line, row));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="${FONT}" font-size="14" fill="${FOREGROUND}" xml:space="preserve">`,
    ...lines.filter((line) => line !== ''),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

function lineOf(line: string, row: number): string {
  const y = PADDING + row * CELL.height + 13;
  const spans = runsOf(line).map(({ column, text, colour, isBold }) => {
    const x = rounded(PADDING + column * CELL.width);
    const style = `${colour === FOREGROUND ? '' : ` fill="${colour}"`}${isBold ? ' font-weight="bold"' : ''}`;
    // Few fonts of a browser have this sign; its look-alike is in most.
    return `<tspan x="${x}"${style}>${escaped(text.replaceAll('⏸', '‖'))}</tspan>`;
  });
  return spans.length === 0 ? '' : `<text y="${y}">${spans.join('')}</text>`;
}

/** Words of one look, each with its column, so that no font's idea of a glyph's width moves what follows. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let column = 0;
  let look: Look = { colour: FOREGROUND, isBold: false };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    if (part.startsWith('\u001b')) {
      look = lookOf(part.slice(2, -1), look);
      continue;
    }
    for (const word of wordsOf(part)) {
      if (word.trim() !== '') runs.push({ column, text: word, ...look });
      column += widthOf(word);
    }
  }
  return runs;
}

/** Split where a font may be narrower or wider than the terminal: at wide space, and around each glyph beyond ASCII. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const part of text.split(/( {2,}|[^ -~]+)/).filter((one) => one !== '')) {
    if (/^[^ -~]/.test(part) && !/^[─█]+$/.test(part)) words.push(...graphemes(part));
    else words.push(part);
  }
  return words;
}

function lookOf(parameters: string, before: Look): Look {
  let { colour, isBold } = before;
  for (const one of parameters.split(';')) {
    if (one === '' || one === '0' || one === '39') colour = FOREGROUND;
    if (one === '' || one === '0' || one === '22') isBold = false;
    if (one === '1') isBold = true;
    colour = COLOURS[one] ?? colour;
  }
  return { colour, isBold };
}

function rounded(value: number): string {
  return String(Number(value.toFixed(1)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
