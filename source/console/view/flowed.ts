import { widthOf } from '../../format/width.ts';
import { type Line, lineWidth, span } from './line.ts';

/** Pieces after a label, on as many lines as they need. */
export function flowed(pieces: readonly Line[], head: string, width: number): readonly Line[] {
  const lines: Line[] = [];
  let line: Line = [span(head, 'dim')];
  for (const piece of pieces) {
    if (lineWidth(line) + lineWidth(piece) > width && line.length > 1) {
      lines.push(line);
      line = [span(' '.repeat(widthOf(head)))];
    }
    line = [...line, ...piece];
  }
  return [...lines, line];
}
