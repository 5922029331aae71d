import type { Environment } from '../control/places.ts';
import type { Language } from '../notices/notice.ts';

/** The locale as POSIX orders it: LC_ALL over LC_MESSAGES over LANG; empty ones do not count. On Windows, where nobody sets them, that of the user. */
export function languageOf(environment: Environment, ofUser: string | undefined = localeOfUser()): Language {
  const written = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']];
  const locale = [...written, ofUser].find((value) => value);
  return locale !== undefined && /^ja(?:[_.@-]|$)/i.test(locale) ? 'ja' : 'en';
}

function localeOfUser(): string | undefined {
  return process.platform === 'win32' ? new Intl.DateTimeFormat().resolvedOptions().locale : undefined;
}

export function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'ja';
}
