#!/usr/bin/env node
// The executable's entry. Run by node, argv is [node, main.js, ...]; in the single executable it is [executable, as typed, ...].
import { consoleEventWord } from '../platform/console-event-word.ts';
import { languageOf } from './language.ts';
import { endAtMistakes } from './mistake.ts';
import { run } from './run.ts';
import { ownSurroundings } from './surroundings.ts';

if (process.argv[2] === consoleEventWord) {
  const { helpWithConsoleEvent } = await import('../platform/windows/console-event-helper.ts');
  helpWithConsoleEvent(process.argv.slice(3));
  process.exit(0);
}
endAtMistakes(languageOf(process.env));
const surroundings = ownSurroundings();
const status = await run(process.argv.slice(2), surroundings);
await surroundings.flushed();
process.exit(status);
