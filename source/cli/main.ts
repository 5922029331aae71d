#!/usr/bin/env node
// The executable's entry. Run by node, argv is [node, main.js, ...]; in the single executable it is [executable, as typed, ...].
import { languageOf } from './language.ts';
import { endAtMistakes } from './mistake.ts';
import { run } from './run.ts';
import { ownSurroundings } from './surroundings.ts';

endAtMistakes(languageOf(process.env));
const surroundings = ownSurroundings();
const status = await run(process.argv.slice(2), surroundings);
await surroundings.flushed();
process.exit(status);
