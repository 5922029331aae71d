import { type CommandName, commands, isCommandName } from '../commands.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandLineFailure, wrongUsage } from '../failure.ts';
import { commandHelpPage, helpPage } from '../help.ts';
import { nearest } from '../nearest.ts';

export const run: Run = async ({ rest }, context) => {
  const names = rest.map(known);
  const pages = names.map((name) => commandHelpPage(name, context.language));
  context.print(pages.length === 0 ? helpPage(context.language) : pages.join('\n\n'));
  return exitStatus.done;
};

function known(word: string): CommandName {
  if (isCommandName(word)) return word;
  throw new CommandLineFailure(wrongUsage('noSuchCommand', { word }), null, nearest(word, Object.keys(commands)));
}
