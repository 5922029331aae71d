// What an interpreter runs, read from its command line.
import { basename } from 'node:path';

/** How an interpreter reads the words before its script. Letters are short options. */
interface Grammar {
  readonly name: RegExp;
  /** Take the rest of their word, or else the next word. */
  readonly takesNext: string;
  /** Take the rest of their word, never the next one. */
  readonly takesRest?: string;
  /** What they take is the script: `-m http.server`. */
  readonly isScript?: string;
  /** The program comes from elsewhere: the option's own text, or the input. */
  readonly noScript: string;
  readonly longTakesNext?: readonly string[];
  readonly longIsScript?: readonly string[];
  readonly longNoScript?: readonly string[];
  /** Long options begin with one dash, and there are no short ones. */
  readonly isWordy?: boolean;
  /** Options begin with a plus as well. */
  readonly hasPlus?: boolean;
  /** It can be a class of a module: `shop/com.acme.Main`. */
  readonly runsClasses?: boolean;
  /** Words before the script that are neither options nor the script. */
  readonly skips?: RegExp;
}

const grammars: readonly Grammar[] = [
  {
    name: /^(python|pypy)[\d.]*$/,
    takesNext: 'WXQ',
    isScript: 'm',
    noScript: 'c',
    longTakesNext: ['--check-hash-based-pycs'],
  },
  {
    name: /^(node|nodejs)$/,
    takesNext: 'rC',
    noScript: 'ep',
    longTakesNext: [
      ...['--require', '--import', '--loader', '--experimental-loader', '--conditions', '--title', '--watch-path'],
      ...['--env-file', '--env-file-if-exists', '--input-type', '--unhandled-rejections', '--max-http-header-size'],
      ...['--icu-data-dir', '--openssl-config', '--diagnostic-dir', '--redirect-warnings', '--disable-warning'],
      ...['--dns-result-order', '--stack-trace-limit', '--inspect-port', '--trace-event-categories'],
    ],
    longNoScript: ['--eval', '--print', '--run'],
    skips: /^inspect$/,
  },
  { name: /^perl[\d.]*$/, takesNext: 'I', takesRest: 'MmxFiCDdV', noScript: 'eE' },
  {
    name: /^ruby[\d.]*$/,
    takesNext: 'IrCE',
    takesRest: 'xFiKTW0',
    noScript: 'e',
    longTakesNext: ['--encoding', '--external-encoding', '--internal-encoding'],
  },
  {
    name: /^(sh|bash|dash|ash|ksh|zsh)$/,
    takesNext: 'oO',
    noScript: 'cs',
    longTakesNext: ['--rcfile', '--init-file'],
    hasPlus: true,
  },
  {
    name: /^java$/,
    isWordy: true,
    runsClasses: true,
    takesNext: '',
    noScript: '',
    longTakesNext: [
      ...['-cp', '-classpath', '--class-path', '-p', '--module-path', '--upgrade-module-path', '--add-modules'],
      ...['--limit-modules', '--add-reads', '--add-exports', '--add-opens', '--patch-module', '--source'],
      ...['--enable-native-access'],
    ],
    longIsScript: ['-jar', '-m', '--module'],
    // Files of further options.
    skips: /^@/,
  },
  {
    name: /^php[\d.]*$/,
    takesNext: 'cdzt',
    isScript: 'f',
    noScript: 'rBREFSa',
    longIsScript: ['--file'],
    longNoScript: ['--run', '--server'],
  },
  {
    name: /^dotnet$/,
    isWordy: true,
    takesNext: '',
    noScript: '',
    longTakesNext: ['--additionalprobingpath', '--depsfile', '--runtimeconfig', '--fx-version', '--roll-forward'],
    skips: /^exec$/,
  },
];

/** False when its file alone tells that it interprets nothing, so that its words need not be read. */
export function mayInterpret(executable: string | null): boolean {
  const own = basename(executable ?? '');
  return isNameless(own) || grammars.some((one) => one.name.test(own));
}

/** One file can be many programs: only the first word tells which. */
function isNameless(own: string): boolean {
  return own === '' || own === 'busybox';
}

/**
 * The script, module or main class that an interpreter runs, as it was written; null when the program is no interpreter that is known, or
 * runs none. `executable`: its file, or null where we may not look.
 */
export function interpretedScript(executable: string | null, words: readonly string[]): string | null {
  const own = basename(executable ?? '');
  // A login shell has a dash before its name.
  const name = isNameless(own) ? basename((words[0] ?? '').replace(/^-/, '')) : own;
  const grammar = grammars.find((one) => one.name.test(name));
  if (grammar === undefined) return null;
  const script = scriptIn(words, grammar);
  if (script === null || script === '') return null;
  const isClass = grammar.runsClasses === true && !/\.(jar|java)$/.test(script);
  return isClass ? basename(script) : script;
}

function scriptIn(words: readonly string[], grammar: Grammar): string | null {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] as string;
    const next = words[at + 1] ?? null;
    if (grammar.skips?.test(word)) continue;
    if (word === '--') return next;
    if (word === '-') return null;
    const isOption = word.startsWith('-') || (grammar.hasPlus === true && word.startsWith('+'));
    if (!isOption) return word;
    const said = grammar.isWordy || word.startsWith('--') ? longOption(word, grammar) : shortOptions(word, grammar);
    if (said === 'no script') return null;
    if (said === 'next is script') return next;
    if (typeof said === 'object') return said.script;
    if (said === 'takes next') at += 1;
  }
  return null;
}

type Said = 'nothing' | 'takes next' | 'next is script' | 'no script' | { readonly script: string };

function longOption(word: string, { longTakesNext, longIsScript, longNoScript }: Grammar): Said {
  const equals = word.indexOf('=');
  const option = equals < 0 ? word : word.slice(0, equals);
  if (longNoScript?.includes(option)) return 'no script';
  if (longIsScript?.includes(option)) return equals < 0 ? 'next is script' : { script: word.slice(equals + 1) };
  return equals < 0 && longTakesNext?.includes(option) ? 'takes next' : 'nothing';
}

/** `-Bum http.server`: several letters in one word. */
function shortOptions(word: string, { takesNext, takesRest, isScript, noScript }: Grammar): Said {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] as string;
    const rest = word.slice(at + 1);
    if (noScript.includes(letter)) return 'no script';
    if (isScript?.includes(letter)) return rest === '' ? 'next is script' : { script: rest };
    if (takesNext.includes(letter)) return rest === '' ? 'takes next' : 'nothing';
    if (takesRest?.includes(letter)) return 'nothing';
  }
  return 'nothing';
}
