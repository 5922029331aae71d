// Where the kernel puts a core: core(5).

/** What is known of the dead; what is not may be anything. */
export interface Dead {
  /** Number of the signal; null: unknown. */
  readonly signal: number | null;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What each specifier may have become. Names of threads and programs have their slashes replaced by the kernel. */
function expansion(letter: string, { signal }: Dead): string {
  switch (letter) {
    case '%':
      return '%';
    case 's':
      return signal === null ? '\\d+' : String(signal);
    // The core itself says whose it is; in a namespace these numbers are not the ones we know.
    case 'p':
    case 'P':
    case 'u':
    case 'g':
    case 'd':
    case 'i':
    case 'I':
    case 't':
    case 'C':
    case 'F':
      return '\\d+';
    case 'c':
      return '(?:\\d+|-1|unlimited)';
    case 'e':
    case 'E':
    case 'f':
    case 'h':
      return '[^/]*';
    default:
      // The kernel drops what it does not know.
      return '';
  }
}

/** The pattern's parts between slashes, each as what its names may look like. */
export function corePatternParts(
  pattern: string,
  usesPid: boolean,
  dead: Dead,
): { readonly isAbsolute: boolean; readonly parts: readonly RegExp[] } {
  const hasPid = /(?:^|[^%])(?:%%)*%p/.test(pattern);
  const whole = usesPid && !hasPid ? `${pattern}.%p` : pattern;
  const parts = whole.split('/').filter((part) => part !== '');
  return {
    isAbsolute: whole.startsWith('/'),
    parts: parts.map(
      (part) =>
        new RegExp(
          `^${part.replace(/%(.?)|([^%]+)/g, (_, letter: string | undefined, text: string | undefined) =>
            text === undefined ? expansion(letter ?? '', dead) : escaped(text),
          )}$`,
        ),
    ),
  };
}
