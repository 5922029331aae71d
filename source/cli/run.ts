import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultInstance, instanceNameProblem, places } from '../control/address.ts';
import { EngineGone, NoEngine, NotPermitted, RequestRefused } from '../control/failure.ts';
import type { Language } from '../notices/notice.ts';
import { inLanguage } from '../notices/phrase.ts';
import { parseCommandLine } from './command-line.ts';
import { mayBeRoots } from './connect.ts';
import { Context } from './context.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { CommandFailure, CommandLineFailure, wrongUsage } from './failure.ts';
import { isLanguage, languageOf } from './language.ts';
import { message } from './messages.ts';
import { mistakeText } from './mistake.ts';
import type { Surroundings } from './surroundings.ts';
import { verbs } from './verbs.ts';

/** Runs the program with these words after its name; never rejects. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitStatus> {
  let language = languageOf(surroundings.environment);
  const tell = (line: string): void => surroundings.stderr.write(`procsaver: ${line}\n`);
  let context: Context | null = null;
  try {
    const call = parseCommandLine(argv, (path) => exists(surroundings, path));
    const { lang, instance = defaultInstance } = call.flags;
    if (lang !== undefined && !isLanguage(lang)) throw wrongUsage('badLanguage', { value: lang });
    language = lang ?? language;
    const problem = instanceNameProblem(instance);
    if (problem !== null) {
      tell(`--instance: ${problem}`);
      return exitStatus.wrongUsage;
    }
    context = new Context(surroundings, language, places(instance, surroundings.environment, surroundings.uid));
    const { run: work } = await verbs[call.name]();
    return await work(call, context);
  } catch (error) {
    return explain(error, language, context, surroundings, tell);
  }
}

function exists(surroundings: Surroundings, path: string): boolean {
  return statSync(resolve(surroundings.directory, path), { throwIfNoEntry: false }) !== undefined;
}

function explain(
  error: unknown,
  language: Language,
  context: Context | null,
  surroundings: Surroundings,
  tell: (line: string) => void,
): ExitStatus {
  if (error instanceof CommandFailure) {
    tell([message(error.id, language, error.values), ...hints(error, language)].join(language === 'ja' ? '。' : '; '));
    return error.status;
  }
  if (error instanceof NoEngine) {
    const instance = context?.places.instance ?? defaultInstance;
    const command =
      instance === defaultInstance
        ? 'procsaver --daemon [PROFILE...]'
        : `procsaver --daemon --instance ${instance} [PROFILE...]`;
    tell(message('noEngine', language, { instance, path: error.path, command }));
    if (mayBeRoots(instance, surroundings)) tell(message('maybeRoot', language));
    return exitStatus.noEngine;
  }
  if (error instanceof NotPermitted) {
    tell(message('notPermitted', language, { path: error.path }));
    return exitStatus.notPermitted;
  }
  if (error instanceof EngineGone) {
    tell(message('engineGone', language, { reason: error.message }));
    return exitStatus.failed;
  }
  if (error instanceof RequestRefused) {
    tell(inLanguage(error.message, language));
    return exitStatus.failed;
  }
  tell(mistakeText(error, language));
  return exitStatus.failed;
}

/** What to do about a command line that makes no sense. */
function hints(error: CommandFailure, language: Language): string[] {
  if (!(error instanceof CommandLineFailure)) return [];
  const { suggestion, about } = error;
  if (suggestion !== null) return [message('didYouMean', language, { word: suggestion })];
  const command = about === null ? 'procsaver --help' : `procsaver ${about} --help`;
  return [message('moreHelp', language, { command })];
}
