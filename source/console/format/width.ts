import { stripVTControlCharacters } from 'node:util';
import { widthOf } from '../../format/width.ts';

const PRINTABLE_ASCII = /^[ -~]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `width` columns; what is cut off is told by an ellipsis. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  if (room < 0) return '';
  return headOf(text, room) + ellipsis;
}

/** Exactly `width` columns. */
export function fitText(text: string, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): string {
  const shown = truncate(text, width, ellipsis);
  const space = ' '.repeat(Math.max(0, width - widthOf(shown)));
  return align === 'left' ? shown + space : space + shown;
}

/** The last part of the text that fits: what a field shows whose cursor stands at its end. */
export function tailOf(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const parts = graphemes(text);
  let used = 0;
  let first = parts.length;
  while (first > 0) {
    used += widthOf(parts[first - 1] as string);
    if (used > width) break;
    first--;
  }
  return parts.slice(first).join('');
}

/** Words broken over lines of at most `width` columns; text without spaces (Japanese) is broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    // Where a line has little on it yet, the word itself is broken, so that a sentence without spaces fills its lines.
    let rest = line !== '' && widthOf(line) < width / 2 ? longer : word;
    if (rest === word && line !== '') lines.push(line);
    while (widthOf(rest) > width) {
      const head = headOf(rest, width);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Text from outside (output, names, reasons) without anything that could move the cursor or change the terminal. */
export function clean(text: string): string {
  const plain = text.includes('\u001b') ? stripVTControlCharacters(text) : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for
  return plain.replaceAll('\t', '  ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '');
}

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function headOf(text: string, width: number): string {
  if (PRINTABLE_ASCII.test(text)) return text.slice(0, width);
  let head = '';
  let used = 0;
  for (const part of graphemes(text)) {
    used += widthOf(part);
    if (used > width) break;
    head += part;
  }
  return head;
}
