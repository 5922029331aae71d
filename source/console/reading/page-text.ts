import { widthOf } from '../../format/width.ts';
import { foldAnywhere } from '../format/fold.ts';
import { clean } from '../format/width.ts';
import { areasOf } from '../layout.ts';
import type { Model } from '../model.ts';
import { readable } from './evidence-lines.ts';
import type { Text } from './pager.ts';
import type { OpenFile, OutputLine, OutputScreen, Pager, ReadingScreen } from './reading-model.ts';

/** Below the title. */
export function pageRows(model: Pick<Model, 'size'>): number {
  return areasOf(model.size, 0).page - 1;
}

/** The long text of the screen, where it shows one: with its pager, and how to put another in its place. */
export interface Opened {
  readonly pager: Pager;
  readonly text: Text;
  readonly height: number;
  readonly with: (pager: Pager) => Model;
}

export function openedText(model: Model, screen: ReadingScreen): Opened | null {
  if (screen.is === 'output') {
    const { pager } = screen;
    const place = (next: Pager): Model => ({ ...model, screen: { ...screen, pager: next } });
    return { pager, text: outputText(screen, model), height: outputRows(screen, model), with: place };
  }
  if (screen.is !== 'evidence' || !screen.incident?.file) return null;
  const { incident } = screen;
  const { file } = screen.incident;
  const place = (next: Pager): Model => ({
    ...model,
    screen: { ...screen, incident: { ...incident, file: { ...file, pager: next } } },
  });
  return { pager: file.pager, text: fileText(file, model), height: fileRows(file, model), with: place };
}

/** What cannot be read is said above the lines. */
export function outputRows({ problems }: Pick<OutputScreen, 'problems'>, model: Pick<Model, 'size'>): number {
  return Math.max(1, pageRows(model) - Math.min(3, problems.length));
}

/** The samples have heads above them. */
export function fileRows({ name }: Pick<OpenFile, 'name'>, model: Pick<Model, 'size'>): number {
  return pageRows(model) - (name === 'samples.jsonl' ? 1 : 0);
}

export function outputText(screen: OutputScreen, { size }: Pick<Model, 'size'>): Text {
  const { lines, partials, pager } = screen;
  const width = size.columns - sourceWidth(screen) - 1;
  const textOf = (at: number): string => lineAt(screen, at)?.text ?? '';
  return { count: lines.length + partials.length, textOf, rowsOf: rowsIn(pager, width, textOf) };
}

export function lineAt({ lines, partials }: OutputScreen, at: number): OutputLine | undefined {
  return lines[at] ?? partials[at - lines.length];
}

/** Of the column that says whose line it is, with the space after it; 0 where all are of one. */
export function sourceWidth({ marks, lines, partials, target }: OutputScreen): number {
  const isOne = Object.keys(marks ?? {}).length <= 1 && target.includes('/');
  if (isOne) return 0;
  const longest = [...lines.slice(-200), ...partials].reduce((most, { source }) => Math.max(most, widthOf(source)), 0);
  return longest === 0 ? 0 : Math.min(20, Math.max(longest, 6)) + 1;
}

export function fileText(
  file: Pick<OpenFile, 'name' | 'lines' | 'pager'>,
  model: Pick<Model, 'size' | 'language' | 'nowMs'>,
): Text {
  const textOf = (at: number): string => clean(readable(file, at, model));
  return { count: file.lines.length, textOf, rowsOf: rowsIn(file.pager, model.size.columns - 1, textOf) };
}

function rowsIn({ wraps }: Pick<Pager, 'wraps'>, width: number, textOf: (at: number) => string): Text['rowsOf'] {
  return (at) => (wraps ? foldAnywhere(textOf(at), width).length : 1);
}
