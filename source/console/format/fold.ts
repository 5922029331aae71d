import { widthOf } from '../../format/width.ts';
import { graphemes } from './width.ts';

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Text in pieces of at most `width` columns, its spaces kept: as a terminal breaks a line that is too long. */
export function foldAnywhere(text: string, width: number): string[] {
  if (PRINTABLE_ASCII.test(text)) {
    if (text.length <= width) return [text];
    return Array.from({ length: Math.ceil(text.length / width) }, (_, at) => text.slice(at * width, (at + 1) * width));
  }
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const part of graphemes(text)) {
    const need = widthOf(part);
    if (used + need > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += part;
    used += need;
  }
  return [...pieces, piece];
}
