#!/usr/bin/env node
// The executable's entry. Run by node, argv is [node, main.js, ...]; in the single executable it is [executable, as typed, ...].
import { run } from './run.ts';
import { ownSurroundings } from './surroundings.ts';

const words = process.argv.slice(2);

/** A monitor goes on when the terminal it was started from is closed; a command has nobody left to answer. */
const outlivesItsReaders = words.includes('--daemon');

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (outlivesItsReaders) return;
    // `| head` has read enough.
    if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0);
    throw error;
  });
}

process.exit(await run(words, ownSurroundings()));
