#!/usr/bin/env node
// The executable's entry. Run by node, argv is [node, main.js, ...]; in the single executable it is [executable, as typed, ...].
import { languageOf } from './language.ts';
import { endAtMistakes } from './mistake.ts';
import { run } from './run.ts';
import { ownSurroundings } from './surroundings.ts';

endAtMistakes(languageOf(process.env));
process.exit(await run(process.argv.slice(2), ownSurroundings()));
