import type { Pager } from './reading-model.ts';

/** A long text as whoever draws or moves it sees it. */
export interface Text {
  readonly count: number;
  /** Rows of the screen that line takes. */
  readonly rowsOf: (line: number) => number;
  /** Without control characters. */
  readonly textOf: (line: number) => string;
}

/** The first and, one beyond it, the last line on the screen. Looks at no more lines than fit there. */
export function visible({ top }: Pick<Pager, 'top'>, text: Text, height: number): { first: number; end: number } {
  const last = lastPage(text, height);
  const first = top === null ? last : Math.max(0, Math.min(top, last));
  let end = first;
  for (let rows = 0; end < text.count && rows < height; end++) rows += text.rowsOf(end);
  return { first, end };
}

/** Where the page begins that shows the end. */
function lastPage({ count, rowsOf }: Text, height: number): number {
  let first = count;
  let rows = 0;
  while (first > 0) {
    rows += rowsOf(first - 1);
    if (rows > height && first < count) break;
    first--;
    if (rows >= height) break;
  }
  return first;
}

/** By lines or pages; whoever comes to the end stays there. */
export function scrolledBy(
  pager: Pager,
  how: { readonly by: number } | { readonly pages: number },
  text: Text,
  height: number,
): Pager {
  const { first, end } = visible(pager, text, height);
  const page = Math.max(1, end - first - 1);
  const wanted = Math.max(0, first + ('by' in how ? how.by : how.pages * page));
  return { ...pager, top: wanted >= lastPage(text, height) ? null : wanted };
}

/** Which of the lines that match was found, and whether the search went on at the other end to find it. */
export interface Found {
  readonly pager: Pager;
  readonly place: number;
  readonly count: number;
  readonly wrapped: boolean;
}

/** `searched`, and where that is among all that match; null: none does. */
export function found(before: Pager, way: 'up' | 'down', text: Text, height: number): Found | null {
  const pager = searched(before, way, text, height);
  const { match } = pager;
  if (match === null) return null;
  const wanted = fold(pager.query.text);
  let count = 0;
  let place = 0;
  for (let line = 0; line < text.count; line++) {
    if (!fold(text.textOf(line)).includes(wanted)) continue;
    count++;
    if (line === match) place = count;
  }
  const start = startOf(before, way, text, height);
  return { pager, place, count, wrapped: way === 'down' ? match <= start : match >= start };
}

/** The next line upwards (or downwards) with the text of the query, from the last one found or the end of the screen on, all round. */
export function searched(pager: Pager, way: 'up' | 'down', text: Text, height: number): Pager {
  const { count } = text;
  const wanted = fold(pager.query.text);
  if (wanted === '' || count === 0) return { ...pager, match: null };
  const start = startOf(pager, way, text, height);
  const by = way === 'up' ? -1 : 1;
  for (let step = 1; step <= count; step++) {
    const line = (((start + by * step) % count) + count) % count;
    if (fold(text.textOf(line)).includes(wanted)) return shown({ ...pager, match: line }, line, text, height);
  }
  return { ...pager, match: null };
}

/** The line found last, as long as it is seen; else the end of the screen that the search does not go to. */
function startOf(pager: Pager, way: 'up' | 'down', text: Text, height: number): number {
  const { first, end } = visible(pager, text, height);
  const isSeen = pager.match !== null && pager.match >= first && pager.match < end;
  return isSeen ? (pager.match as number) : way === 'up' ? end : first - 1;
}

/** The line found stands on the screen, in the middle where it did not before. */
function shown(pager: Pager, line: number, text: Text, height: number): Pager {
  const { first, end } = visible(pager, text, height);
  if (line >= first && line < end) return { ...pager, top: pager.top === null ? first : pager.top };
  return { ...pager, top: Math.max(0, line - Math.floor(height / 2)) };
}

export function fold(text: string): string {
  return text.toLowerCase();
}
