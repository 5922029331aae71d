import type { Environment } from '../control/places.ts';
import type { Language } from '../notices/notice.ts';

/** The locale as POSIX orders it: LC_ALL over LC_MESSAGES over LANG; empty ones do not count. */
export function languageOf(environment: Environment): Language {
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((value) => value);
  return locale !== undefined && /^ja(?:[_.@-]|$)/i.test(locale) ? 'ja' : 'en';
}

export function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'ja';
}
