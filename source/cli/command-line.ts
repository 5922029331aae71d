import meow from 'meow';
import {
  type Command,
  type CommandName,
  commandOf,
  commands,
  type FormName,
  forms,
  isCommandName,
} from './commands.ts';
import type { Call } from './context.ts';
import { CommandFailure, CommandLineFailure, wrongUsage } from './failure.ts';
import { asTyped, type Flag, type FlagName, type FlagValues, flags, globalFlags } from './flags.ts';
import { nearest } from './nearest.ts';

/** What the words on the command line ask for. */
export interface CommandLine extends Call {
  readonly name: CommandName | FormName;
}

/** Words and flags; throws CommandLineFailure. `exists` tells whether a word names a file. */
export function parseCommandLine(argv: readonly string[], exists: (path: string) => boolean): CommandLine {
  const { words, given } = split(argv);
  const [word] = words;
  const isDaemon = given['daemon'] === true;
  const name = !isDaemon && word !== undefined && isCommandName(word) ? word : null;
  const about = name;
  try {
    checkFlags(given, name ?? (isDaemon ? 'daemon' : 'console'));
    const values = given as unknown as FlagValues;
    // Asking for help is never refused for what else stands there.
    if (values.help) return { name: 'help', target: null, rest: name === null ? [] : [name], flags: values };
    if (values.version && words.length === 0) return { name: 'version', target: null, rest: [], flags: values };
    if (name !== null) return { name, ...argumentsOf(name, words.slice(1), values), flags: values };
    checkProfileWords(words, exists, isDaemon);
    return { name: isDaemon ? 'daemon' : 'console', target: null, rest: words, flags: values };
  } catch (failure) {
    if (failure instanceof CommandFailure && !(failure instanceof CommandLineFailure))
      throw new CommandLineFailure(failure, about);
    throw failure;
  }
}

function split(argv: readonly string[]): { words: readonly string[]; given: Readonly<Record<string, unknown>> } {
  try {
    const { input, flags: given } = meow({
      // Everything that meow would look up in package.json is given here.
      importMeta: { url: 'file:///procsaver' } as ImportMeta,
      // meow makes it the title of the process: `ps` must tell one engine from another.
      pkg: { name: ['procsaver', ...argv].join(' ') },
      description: false,
      help: false,
      argv,
      flags: Object.fromEntries(
        Object.entries<Flag>(flags).map(([name, { type, shortFlag, isMultiple }]) => [
          name,
          { type, ...(shortFlag && { shortFlag }), ...(isMultiple && { isMultiple }) },
        ]),
      ),
      autoHelp: false,
      autoVersion: false,
      booleanDefault: undefined,
    });
    return {
      words: input,
      given: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, one(value)])),
    };
  } catch (error) {
    // The one thing meow itself refuses, by a message that names the flag.
    const flag = /--\w+/.exec((error as Error).message)?.[0] ?? '';
    throw new CommandLineFailure(wrongUsage('flagTwice', { flag }), null);
  }
}

/** Of a flag that may stand several times meow makes a list, also where it does not stand at all. */
function one(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? undefined : value.join(',');
}

function checkFlags(given: Readonly<Record<string, unknown>>, name: CommandLine['name']): void {
  const own: readonly FlagName[] = name === 'console' || name === 'daemon' ? forms[name] : commandOf(name).flags;
  const allowed = [...globalFlags, ...own];
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    // meow reads `--no-such` as `such`, false.
    const flag = value === false ? `--no-${asTyped(key).slice(2)}` : asTyped(key);
    if (!Object.hasOwn(flags, key)) {
      const near = nearest(key, allowed);
      throw new CommandLineFailure(
        wrongUsage('unknownFlag', { flag }),
        isCommandName(name) ? name : null,
        near === null ? null : `--${near}`,
      );
    }
    if (value === false) continue;
    if (!allowed.includes(key as FlagName))
      throw wrongUsage('flagOfOthers', { flag, command: shownName(name), others: ownersOf(key as FlagName) });
    const { value: example, mayBeEmpty }: Flag = flags[key as FlagName];
    if (value === '' && !mayBeEmpty) throw wrongUsage('flagWithoutValue', { flag, value: example ?? '' });
  }
}

function argumentsOf(
  name: CommandName,
  words: readonly string[],
  values: FlagValues,
): { target: string | null; rest: readonly string[] } {
  const command: Command = commandOf(name);
  const takesAll = command.flags.includes('all');
  const takesTarget = command.target !== 'none' && !values.all;
  const [first] = words;
  if (command.target === 'required' && takesTarget && first === undefined)
    throw wrongUsage('missingTarget', { command: name, all: takesAll ? ', --all' : '' });
  const rest = takesTarget ? words.slice(1) : words;
  if (command.rest === undefined && rest[0] !== undefined) {
    throw values.all
      ? wrongUsage('targetAndAll', { target: rest[0] })
      : wrongUsage('surplusArgument', { command: name, argument: rest[0] });
  }
  if (command.rest?.isRequired && rest.length === 0)
    throw wrongUsage('missingArgument', { command: name, argument: command.rest.name });
  return { target: values.all ? '--all' : takesTarget ? (first ?? null) : null, rest };
}

/** A word that is no command must at least look like a file; else it was a command misspelt. */
function checkProfileWords(words: readonly string[], exists: (path: string) => boolean, isDaemon: boolean): void {
  // Beside --daemon every word is a profile; elsewhere the first one decides what the line is about.
  const word = (isDaemon ? words : words.slice(0, 1)).find(
    (candidate) => !looksLikeFile(candidate) && !exists(candidate),
  );
  if (word === undefined) return;
  if (isCommandName(word))
    throw wrongUsage('flagOfOthers', { flag: '--daemon', command: word, others: 'procsaver [PROFILE...]' });
  throw new CommandLineFailure(wrongUsage('unknownCommand', { word }), null, nearest(word, Object.keys(commands)));
}

function looksLikeFile(word: string): boolean {
  return word.includes('/') || /\.(?:ya?ml|json)$/.test(word);
}

function ownersOf(flag: FlagName): string {
  const owners = (Object.keys(commands) as CommandName[]).filter((name) => commandOf(name).flags.includes(flag));
  return owners.length > 0 ? owners.join(', ') : `procsaver --${flag}`;
}

function shownName(name: CommandLine['name']): string {
  return { console: 'procsaver', daemon: 'procsaver --daemon' }[name as string] ?? name;
}
