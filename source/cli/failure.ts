import type { CommandName } from './commands.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import type { MessageId, Values } from './messages.ts';

/** Ends a command: what the operator is told, and the exit status. */
export class CommandFailure extends Error {
  readonly status: ExitStatus;
  readonly id: MessageId;
  readonly values: Values;

  constructor(status: ExitStatus, id: MessageId, values: Values = {}) {
    super(id);
    this.name = 'CommandFailure';
    this.status = status;
    this.id = id;
    this.values = values;
  }
}

/** A command line that makes no sense, with what helps to write a better one. */
export class CommandLineFailure extends CommandFailure {
  readonly about: CommandName | null;
  readonly suggestion: string | null;

  constructor(failure: CommandFailure, about: CommandName | null, suggestion: string | null = null) {
    super(failure.status, failure.id, failure.values);
    this.about = about;
    this.suggestion = suggestion;
  }
}

export function wrongUsage(id: MessageId, values: Values = {}): CommandFailure {
  return new CommandFailure(exitStatus.wrongUsage, id, values);
}
