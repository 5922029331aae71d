import { foldAnywhere } from '../format/fold.ts';
import { truncate } from '../format/width.ts';
import { fold } from '../reading/pager.ts';
import type { Tone } from '../theme.ts';
import { type Line, type Span, span } from './line.ts';

/** One line of a long text: cut, or on as many rows as it needs; what is looked for stands out. */
export function textLines(
  text: string,
  told: {
    readonly width: number;
    readonly wraps: boolean;
    readonly ellipsis: string;
    readonly wanted: string;
    readonly tone?: Tone;
  },
): readonly Line[] {
  const { width, wraps, ellipsis, wanted, tone = 'plain' } = told;
  const rows = wraps ? foldAnywhere(text, width) : [truncate(text, width, ellipsis)];
  return rows.map((row) => marked(row, wanted, tone));
}

function marked(text: string, wanted: string, tone: Tone): Line {
  const sought = fold(wanted);
  const hay = fold(text);
  // Where folding changes lengths the places would be wrong.
  if (sought === '' || hay.length !== text.length) return [span(text, tone)];
  const spans: Span[] = [];
  let from = 0;
  for (let at = hay.indexOf(sought); at >= 0; at = hay.indexOf(sought, from)) {
    spans.push(span(text.slice(from, at), tone), span(text.slice(at, at + sought.length), 'accent'));
    from = at + sought.length;
  }
  return [...spans, span(text.slice(from), tone)].filter(({ text: piece }) => piece !== '');
}
