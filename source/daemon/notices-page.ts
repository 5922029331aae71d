import type { NoticeLine } from '../notices/notice.ts';
import { readPage } from '../platform/journal-page.ts';

export interface NoticesPage {
  readonly sinceMs: number | null;
  readonly limit: number;
  readonly untilMs?: number | null | undefined;
  readonly target?: string | null | undefined;
}

/** What is told of a process, and of its group as a whole; of a group all; null: everything. */
export function noticesPage(journalFile: string, page: NoticesPage): Promise<readonly NoticeLine[]> {
  const { sinceMs, limit, untilMs = null, target = null } = page;
  const since = sinceMs === null ? '' : new Date(sinceMs).toISOString();
  const until = untilMs === null ? null : new Date(untilMs).toISOString();
  const [group = '', process] = target?.replace(/#\d+$/, '').split('/') ?? [];
  const written = `"group":${JSON.stringify(group)}`;
  const wish = { until, limit, mayBe: (text: string) => target === null || text.includes(written) };
  return readPage<NoticeLine>(journalFile, wish, (line) => {
    if (line.at < since) return false;
    if (target === null) return true;
    return line.group === group && (process === undefined || line.process === null || line.process === process);
  });
}
