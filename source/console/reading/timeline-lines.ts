import { catalogue } from '../../notices/catalogue.ts';
import type { Language, NoticeLine } from '../../notices/notice.ts';
import { noticeText } from '../../notices/text.ts';
import { moment } from '../format/clock.ts';
import { fold } from './pager.ts';
import { EVERYTHING, type TimelineScreen } from './reading-model.ts';

/** More than this is read with `procsaver events`. */
export const MOST_LINES = 5000;
export const PAGE_LINES = 200;

/** What is told of a process, and of its group as a whole; of a group all. */
export function isAbout({ group, process }: Pick<NoticeLine, 'group' | 'process'>, target: string): boolean {
  if (target === EVERYTHING) return true;
  const [name, member] = target.split('/');
  return group === name && (member === undefined || process === null || process === member);
}

/** A page of the journal and what is known already: each once, oldest first. */
export function merged(page: readonly NoticeLine[], known: readonly NoticeLine[]): readonly NoticeLine[] {
  const seen = new Set(known.map(keyOf));
  const fresh = page.filter((line) => !seen.has(keyOf(line)));
  if (fresh.length === 0) return known;
  return [...fresh, ...known].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-MOST_LINES);
}

function keyOf({ at, id, group, process, instance, text }: NoticeLine): string {
  return `${at} ${id} ${group}/${process} ${instance?.pid} ${text}`;
}

/** A newer engine may tell what this console does not know yet; then the engine's own words must do. */
export function wordsOf(line: NoticeLine, language: Language, nowMs: number): string {
  if (!Object.hasOwn(catalogue, line.id)) return line.text;
  return noticeText(line, language, (ms) => moment(ms, nowMs, language));
}

/** Frames are drawn often, and thousands of lines are filtered once. */
const filtered = new WeakMap<readonly NoticeLine[], { readonly key: string; readonly lines: readonly NoticeLine[] }>();
const haystacks: Readonly<Record<Language, WeakMap<NoticeLine, string>>> = { en: new WeakMap(), ja: new WeakMap() };

/** Those that the filter leaves: every word of it stands in the sentence, the id, the names or the operator. */
export function shownLines(
  { lines, query }: Pick<TimelineScreen, 'lines' | 'query'>,
  language: Language,
): readonly NoticeLine[] {
  const wanted = fold(query.text).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return lines;
  const key = `${language} ${wanted.join(' ')}`;
  const known = filtered.get(lines);
  if (known?.key === key) return known.lines;
  const found = lines.filter((line) => {
    const hay = haystack(line, language);
    return wanted.every((word) => hay.includes(word));
  });
  filtered.set(lines, { key, lines: found });
  return found;
}

function haystack(line: NoticeLine, language: Language): string {
  const known = haystacks[language].get(line);
  if (known !== undefined) return known;
  const { id, severity, group, process, by } = line;
  const text = fold([wordsOf(line, language, 0), id, severity, group, process, by].join(' '));
  haystacks[language].set(line, text);
  return text;
}
