import type { Language } from '../notices/notice.ts';
import { parseDuration } from '../profile/duration.ts';
import { wrongUsage } from './failure.ts';

/** Times as operators write and read them, on the machine's own clock and time zone. All in ms since 1970. */

/** `2h`, and never nothing. */
export function durationMs(flag: string, value: string): number {
  const ms = parseDuration(value);
  if (ms === null || ms === 0) throw wrongUsage('badDuration', { flag, value });
  return ms;
}

/** The next time that it is `18:00`, or a day and time to come. */
export function momentToCome(flag: string, value: string, nowMs: number): number {
  const today = timeOfDay(value, nowMs);
  if (today !== null) return today > nowMs ? today : sameTime(today, 1);
  const at = dayAndTime(value);
  if (at === null) throw wrongUsage('badMoment', { flag, value, expected: 'HH:MM, YYYY-MM-DD HH:MM' });
  if (at <= nowMs) throw wrongUsage('momentPast', { flag, value });
  return at;
}

/** So long ago, the last time that it was `18:00`, or a day and time. */
export function momentPast(flag: string, value: string, nowMs: number): number {
  const ago = parseDuration(value);
  if (ago !== null) return Math.max(0, nowMs - ago);
  const today = timeOfDay(value, nowMs);
  if (today !== null) return today <= nowMs ? today : sameTime(today, -1);
  const at = dayAndTime(value);
  if (at === null) throw wrongUsage('badMoment', { flag, value, expected: '1h, HH:MM, YYYY-MM-DD, YYYY-MM-DD HH:MM' });
  return at;
}

/** `14:30` today, `tomorrow` as the day's number: `2026-11-23 09:00`. */
export function shownMoment(ms: number, nowMs: number): string {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return isToday ? clock(ms).slice(0, 5) : `${day(ms)} ${clock(ms).slice(0, 5)}`;
}

/** `13:02` today, `Tuesday 13:02` within the last days, `2026-11-22 13:02` before. */
export function dayInWords(ms: number, nowMs: number, language: Language): string {
  const age = nowMs - ms;
  // A week ago it was the same day of the week.
  if (age < 0 || age > 6 * 24 * 3_600_000 || new Date(ms).toDateString() === new Date(nowMs).toDateString())
    return shownMoment(ms, nowMs);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(ms);
  return `${weekday} ${clock(ms).slice(0, 5)}`;
}

/** `2026-11-22 13:02:11` */
export function timestamp(ms: number): string {
  return `${day(ms)} ${clock(ms)}`;
}

function timeOfDay(value: string, nowMs: number): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(value);
  if (found === null) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  return hour > 23 || minute > 59 ? null : new Date(nowMs).setHours(hour, minute, 0, 0);
}

/** By the calendar, since a day is not always 24 hours long. */
function sameTime(ms: number, days: number): number {
  const at = new Date(ms);
  return at.setDate(at.getDate() + days);
}

function dayAndTime(value: string): number | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(value);
  if (found === null) return null;
  const [, date, time = '00:00', zone = ''] = found;
  const at = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(at) || !isDay(date) ? null : at;
}

/** 2026-02-30 is none, though Date would roll it over to March. */
function isDay(date: string | undefined): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === date;
}

function day(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function clock(ms: number): string {
  const at = new Date(ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
