import { commands, isCommandName } from '../commands.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandLineFailure, wrongUsage } from '../failure.ts';
import { commandHelpPage, helpPage } from '../help.ts';
import { nearest } from '../nearest.ts';

export const run: Run = async ({ rest }, context) => {
  const [name] = rest;
  if (name === undefined) context.print(helpPage(context.language));
  else if (isCommandName(name)) context.print(commandHelpPage(name, context.language));
  else {
    const failure = wrongUsage('noSuchCommand', { word: name });
    throw new CommandLineFailure(failure, null, nearest(name, Object.keys(commands)));
  }
  return exitStatus.done;
};
