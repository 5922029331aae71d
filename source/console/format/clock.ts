import type { Language } from '../../notices/notice.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** `13:02:11` */
export function clock(ms: number): string {
  return `${minuteOf(ms)}:${two(new Date(ms).getSeconds())}`;
}

/** `13:02` */
export function minuteOf(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The time, with the day where it is not today: `14:30`, `tomorrow 09:00`, `11-25 09:00`. */
export function moment(ms: number, nowMs: number, language: Language): string {
  const days = Math.round((startOfDay(ms) - startOfDay(nowMs)) / DAY_MS);
  if (days === 0) return minuteOf(ms);
  if (days === 1) return `${language === 'ja' ? '明日' : 'tomorrow'} ${minuteOf(ms)}`;
  return dayAndMinute(ms);
}

/** `11-25` */
export function day(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `11-25 09:00` */
export function dayAndMinute(ms: number): string {
  return `${day(ms)} ${minuteOf(ms)}`;
}

/** The next time that the clock shows this. */
export function nextTime(hour: number, minute: number, nowMs: number): number {
  const at = new Date(nowMs);
  at.setHours(hour, minute, 0, 0);
  if (at.getTime() <= nowMs) at.setDate(at.getDate() + 1);
  return at.getTime();
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
