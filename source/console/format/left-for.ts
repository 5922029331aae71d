import { left } from '../../format/duration.ts';
import type { Language } from '../../notices/notice.ts';

const UNITS: Readonly<Record<string, string>> = { s: '秒', m: '分', h: '時間', d: '日' };

/** What is left until something happens, in the words that the notices have for it: `8s`, `8 秒`. */
export function leftFor({ language }: { readonly language: Language }, ms: number): string {
  const text = left(ms);
  return language === 'en' ? text : text.replaceAll(/([smhd])/g, (unit) => ` ${UNITS[unit]}`);
}
