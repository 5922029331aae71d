import { widthOf } from '../../format/width.ts';
import { clean, fitText, truncate } from '../format/width.ts';
import { sgr, type Theme, type Tone } from '../theme.ts';

/** One line of the screen, as data: pieces of text and what each is to the reader. */
export type Line = readonly Span[];

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Exactly `width` columns: cut with an ellipsis, or filled with space. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
  const fitted: Span[] = [];
  let room = width;
  for (const [index, { text, tone }] of line.entries()) {
    const isFollowed = line.slice(index + 1).some((next) => next.text !== '');
    const need = widthOf(text);
    if (need < room || (need === room && !isFollowed)) {
      fitted.push({ text, tone });
      room -= need;
      continue;
    }
    fitted.push(
      span(
        fitText(need > room ? truncate(text, room, ellipsis) : truncate(`${text}  `, room, ellipsis), room, ''),
        tone,
      ),
    );
    room = 0;
    break;
  }
  return room > 0 ? [...fitted, span(' '.repeat(room))] : fitted;
}

/** `left` from the left edge and `right` from the right one; where both do not fit, the right one goes. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const space = width - lineWidth(left) - lineWidth(right);
  if (space < 1) return fitLine(left, width, ellipsis);
  return [...left, span(' '.repeat(space)), ...right];
}

/** Every tone of the line replaced by one. */
export function toned(line: Line, tone: Tone): Line {
  return line.map(({ text }) => ({ text, tone }));
}

/** The line as the terminal takes it. Whatever text came from outside, it cannot carry a control character through here. */
export function paint(line: Line, theme: Theme): string {
  let painted = '';
  for (const { text, tone } of line) {
    const code = text.trim() === '' ? '' : sgr(theme, tone);
    painted += code === '' ? clean(text) : `\u001b[${code}m${clean(text)}\u001b[0m`;
  }
  return painted;
}
