import { wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

const MARGIN = 3;

/** What a reload has refused: the place as editors find it, what is wrong, what was expected, what to do. */
export function problems(model: Model): readonly Line[] {
  const found = model.status.engine.problems;
  const width = model.size.columns - 2 * MARGIN;
  const lines = found.flatMap(({ file, line, column, path, what, expected, hint }): Line[] => {
    const wanted = expected === '' ? '' : say(model, 'expected', { expected });
    return [
      [],
      [span(` ${file}:${line}:${column}`, 'bright'), span(path === '' ? '' : `  ${path}`, 'accent')],
      ...indented(what, width, 'fatal'),
      ...[wanted, hint].filter((text) => text !== '').flatMap((text) => indented(text, width, 'plain')),
    ];
  });
  const next = found.length === 0 ? say(model, 'no-problems') : say(model, 'problems-next');
  return [...lines, [], ...indented(next, width, 'dim')];
}

function indented(text: string, width: number, tone: 'fatal' | 'plain' | 'dim'): Line[] {
  return wrap(text, width).map((line) => [span(`${' '.repeat(MARGIN)}${line}`, tone)]);
}
