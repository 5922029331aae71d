import type { Exit } from '../ports/instance.ts';
import { catalogue } from './catalogue.ts';
import { fillIn } from './fill-in.ts';
import type { Language, Notice, NoticeLine, NoticeParameter } from './notice.ts';
import { inLanguage, phrase } from './phrase.ts';

/** Writes a moment (ms since 1970) as whoever reads the sentence has it on his clock; this room has none. */
export type TimeFormat = (wallMs: number) => string;

/** The notice's sentence in one language. */
export function noticeText(
  notice: Pick<Notice, 'id' | 'group' | 'process' | 'instance' | 'by' | 'parameters'>,
  language: Language,
  time: TimeFormat = inUtc,
): string {
  const values: Record<string, NoticeParameter> = {
    group: notice.group ?? '',
    process: notice.process === null ? '' : fullName(notice),
    by: notice.by ?? '',
    pid: notice.instance?.pid ?? '',
    ...notice.parameters,
    ...sameText(notice.parameters, language, time),
    ...missedText(notice.parameters, language),
  };
  return fillIn(catalogue[notice.id][language], (name) => {
    const value = values[name] ?? '';
    return name.endsWith('Ms') && typeof value === 'number'
      ? tookText(value, language)
      : parameterText(value, language, time);
  });
}

/** The notice as the journal and programs get it. Its text is for people; times among its parameters stay ISO 8601 in UTC. */
export function noticeLine(notice: Notice, language: Language, time: TimeFormat = inUtc): NoticeLine {
  const reason = notice.parameters['reason'];
  return {
    id: notice.id,
    at: new Date(notice.atMs).toISOString(),
    severity: catalogue[notice.id].severity,
    group: notice.group,
    process: notice.process,
    instance: notice.instance,
    reason: reason === undefined ? null : parameterText(reason, 'en', inUtc),
    by: notice.by,
    text: noticeText(notice, language, time),
    parameters: notice.parameters,
  };
}

/** How an instance ended, in words: `exit 1`, `killed by SIGSEGV, core dumped`. */
export function exitText(exit: Exit, language: Language): string {
  return inLanguage(englishExit(exit), language);
}

function englishExit(exit: Exit): string {
  if ('code' in exit) return phrase('exit', { exitCode: exit.code });
  if ('unknown' in exit) return phrase('exit-unknown', { why: exit.unknown });
  return phrase(exit.core ? 'killed-core' : 'killed', { signal: exit.signal });
}

/** As exactly as a person wants to know it: `240 ms`, `1.1 s`, `5 min 4 s`, `2 h 14 min`. */
function tookText(ms: number, language: Language): string {
  const [second, minute, hour] = language === 'ja' ? ['秒', '分', '時間'] : ['s', 'min', 'h'];
  if (ms < 1000) return `${ms} ${language === 'ja' ? 'ミリ秒' : 'ms'}`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} ${second}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${minute} ${seconds % 60} ${second}`;
  return `${Math.floor(seconds / 3600)} ${hour} ${Math.floor((seconds % 3600) / 60)} ${minute}`;
}

function parameterText(value: NoticeParameter, language: Language, time: TimeFormat): string {
  if (typeof value === 'object') return exitText(value, language);
  if (typeof value === 'string' && utcTime.test(value)) return time(Date.parse(value));
  return inLanguage(String(value), language);
}

/** How a time stands among the parameters. */
const utcTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** `dump.taken` says in a part of its sentence which earlier incident it is like; told anew, since that part has a time in it. */
function sameText({ sameAs, times, since }: Notice['parameters'], language: Language, time: TimeFormat) {
  if (sameAs === undefined || times === undefined || since === undefined) return {};
  const told = { sameAs: String(sameAs), times: String(times), since: parameterText(since, language, time) };
  return { same: fillIn(sameAgain[language], (name) => told[name as keyof typeof told]) };
}

/** What went down in a pause: to programs `-` where nothing did. */
function missedText({ missed }: Notice['parameters'], language: Language) {
  return missed === '-' ? { missed: language === 'ja' ? 'なし' : 'nothing' } : {};
}

const sameAgain: Readonly<Record<Language, string>> = {
  en: ', the same as #{sameAs} ({times} times since {since})',
  ja: ' (#{sameAs} と同じ、{since} から {times} 回)',
};

function inUtc(wallMs: number): string {
  return new Date(wallMs).toISOString();
}

function fullName(notice: Pick<Notice, 'group' | 'process' | 'instance' | 'parameters'>): string {
  const slot = notice.parameters['slot'] ?? notice.instance?.slot ?? 1;
  return `${notice.group}/${notice.process}${slot === 1 ? '' : `#${String(slot)}`}`;
}
