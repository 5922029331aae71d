import type { Places } from '../control/places.ts';
import type { Language } from '../notices/notice.ts';
import type { ExitStatus } from './exit-status.ts';
import type { FlagValues } from './flags.ts';
import { type MessageId, message, type Values } from './messages.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command was called with, checked against its line in the table. */
export interface Call {
  /** As typed; `--all` for the flag; null where none was given. */
  readonly target: string | null;
  readonly rest: readonly string[];
  readonly flags: FlagValues;
}

/** A command's work; its file exports it as `run`. */
export type Run = (call: Call, context: Context) => Promise<ExitStatus>;

/** What every command works with. */
export class Context {
  readonly surroundings: Surroundings;
  readonly language: Language;
  readonly places: Places;

  constructor(surroundings: Surroundings, language: Language, places: Places) {
    this.surroundings = surroundings;
    this.language = language;
    this.places = places;
  }

  say(id: MessageId, values: Values = {}): string {
    return message(id, this.language, values);
  }

  /** A result. */
  print(line: string): void {
    this.surroundings.stdout.write(`${line}\n`);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value));
  }

  /** A message. */
  tell(line: string): void {
    this.surroundings.stderr.write(`procsaver: ${line}\n`);
  }
}
