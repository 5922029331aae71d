import { catalogue } from '../notices/catalogue.ts';
import type { Language, NoticeLine } from '../notices/notice.ts';
import type { Severity } from '../notices/severity.ts';
import { noticeText } from '../notices/text.ts';
import { clean, pad } from './columns.ts';
import type { Text } from './messages.ts';
import { shownMoment, timestamp } from './moment.ts';
import { paint, type Tone } from './paint.ts';

const severities: Readonly<Record<Severity, { readonly text: Text; readonly tone: Tone }>> = {
  debug: { text: { en: 'debug', ja: '詳細' }, tone: 'dim' },
  info: { text: { en: 'info', ja: '情報' }, tone: 'plain' },
  warning: { text: { en: 'warning', ja: '警告' }, tone: 'warning' },
  error: { text: { en: 'error', ja: 'エラー' }, tone: 'fatal' },
  critical: { text: { en: 'critical', ja: '重大' }, tone: 'fatal' },
};

/** `2026-11-22 13:02:11  error     shop/api went down: exit 1`, in the reader's language and time zone. */
export function noticeTextLine(line: NoticeLine, language: Language, hasColours: boolean): string {
  const severity = severities[line.severity];
  const word = pad(severity?.text[language] ?? line.severity, 8);
  return `${timestamp(Date.parse(line.at))}  ${paint(word, severity?.tone ?? 'plain', hasColours)}  ${clean(sentence(line, language))}`;
}

/** A newer engine may tell what this program does not know yet; then its own words must do. */
function sentence(line: NoticeLine, language: Language): string {
  return Object.hasOwn(catalogue, line.id) && typeof line.parameters === 'object'
    ? noticeText(line, language, (ms) => shownMoment(ms, Date.parse(line.at)))
    : line.text;
}
