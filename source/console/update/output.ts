import type { OutputSince, OutputSource } from '../../control/reading-protocol.ts';
import type { Command } from '../command.ts';
import { clean } from '../format/width.ts';
import type { Model } from '../model.ts';
import type { OutputLine, OutputScreen } from '../reading/reading-model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';

/** What is held of the output; older lines are in its file. */
const MOST_LINES = 5000;
const MOST_CHARACTERS = 2 ** 21;
/** Twice a second, and only while the screen is open. */
const EVERY_MS = 500;

export function outputQuestion({ target, marks }: OutputScreen, afterMs: number): Command {
  return { is: 'fetch-output-since', target, since: marks ?? {}, afterMs };
}

/** What has come goes below what is there, and the next question goes out. */
export function withOutput(
  model: Model,
  target: string,
  { sources, more }: OutputSince,
): { model: Model; commands: Command[] } {
  const { screen } = model;
  if (screen.is !== 'output' || screen.target !== target) return { model, commands: [] };
  const next = grown(model, screen, sources);
  return {
    model: next === screen ? model : { ...model, screen: next },
    commands: [outputQuestion(next, more ? 0 : EVERY_MS)],
  };
}

function grown(model: Model, screen: OutputScreen, told: readonly OutputSource[]): OutputScreen {
  const sources = inOrder(told, model);
  const names = labels(sources, screen.target);
  // What was written before stands file after file, and no line of it has a time: a head keeps the files apart.
  const areSeveral = screen.marks === null && sources.filter(({ lines }) => lines.length > 0).length > 1;
  const fresh = sources.flatMap((source) => {
    const name = names.get(source) ?? '';
    const lines = linesOf(model, source, name);
    return areSeveral && lines.length > 0 ? [headOf(name, model), ...lines] : lines;
  });
  const partials = sources.flatMap((source): OutputLine[] =>
    source.partial === '' ? [] : [{ source: names.get(source) ?? '', text: clean(source.partial), is: 'partial' }],
  );
  const problems = [...new Set(sources.flatMap(({ problem }) => problem ?? []))];
  const marks = Object.fromEntries(
    sources.flatMap(({ name, slot, mark }) => (mark === '' ? [] : [[`${name}#${slot}`, mark]])),
  );
  const known = { marks: screen.marks, partials: screen.partials, problems: screen.problems };
  // Nothing new: the very same screen, which nobody has to draw again.
  if (fresh.length === 0 && JSON.stringify({ marks, partials, problems }) === JSON.stringify(known)) return screen;
  const all = [...screen.lines, ...fresh];
  const lines = bounded(all);
  const lost = all.length - lines.length;
  const { top, match } = screen.pager;
  const pager = {
    ...screen.pager,
    top: top === null ? null : Math.max(0, top - lost),
    match: match === null || match < lost ? null : match - lost,
  };
  return { ...screen, marks, lines, partials, problems, pager };
}

/** As the list has the processes, and by slot: in whatever order the files were read. */
function inOrder(sources: readonly OutputSource[], { status }: Model): readonly OutputSource[] {
  const names = status.groups.flatMap((group) => group.processes.map((process) => `${group.name}/${process.name}`));
  const places = new Map(names.map((name, at) => [name, at]));
  const placeOf = ({ name }: OutputSource): number => places.get(name) ?? names.length;
  return sources.toSorted((a, b) => placeOf(a) - placeOf(b) || a.slot - b.slot);
}

/** `── worker#1 ──` */
function headOf(name: string, { ascii }: Model): OutputLine {
  const stroke = glyph('rule', ascii).repeat(2);
  return { source: '', text: `${stroke} ${name} ${stroke}`, is: 'note' };
}

function bounded(all: readonly OutputLine[]): readonly OutputLine[] {
  let first = all.length;
  for (let left = MOST_CHARACTERS; first > 0 && all.length - first < MOST_LINES; first--) {
    left -= all[first - 1]?.text.length ?? 0;
    if (left < 0) break;
  }
  return first === 0 ? all : all.slice(first);
}

function linesOf(model: Model, { lines, skippedBytes }: OutputSource, source: string): OutputLine[] {
  const told = lines.map((text): OutputLine => ({ source, text: clean(text), is: 'line' }));
  if (skippedBytes === 0 || model.screen.is !== 'output' || model.screen.marks === null) return told;
  return [{ source, text: say(model, 'output-skipped', { bytes: skippedBytes }), is: 'note' }, ...told];
}

/** As short as tells them apart: nothing for a single one, `#2` within a process, `api` or `worker#2` within a group. */
function labels(sources: readonly OutputSource[], target: string): ReadonlyMap<OutputSource, string> {
  const isGroup = !target.includes('/');
  const slots = new Map<string, number>();
  for (const { name } of sources) slots.set(name, (slots.get(name) ?? 0) + 1);
  return new Map(
    sources.map((source) => {
      const number = (slots.get(source.name) ?? 0) > 1 ? `#${source.slot}` : '';
      return [source, isGroup ? `${source.name.split('/')[1] ?? source.name}${number}` : number];
    }),
  );
}
