import { readFileSync } from 'node:fs';

/** Put in by the build; run from the sources there is none, and package.json is read. */
declare const PROCSAVER_VERSION: string | undefined;

export function version(): string {
  if (typeof PROCSAVER_VERSION === 'string') return PROCSAVER_VERSION;
  const path = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}
