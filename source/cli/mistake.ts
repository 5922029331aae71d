import { writeSync } from 'node:fs';
import type { Language } from '../notices/notice.ts';
import { exitStatus } from './exit-status.ts';
import { message } from './messages.ts';

const mostLines = 20;
/** A message may hold whatever was being worked on. */
const longestLine = 500;

/** A mistake of the program itself, in words that fit on a screen: its stack, and no line of its source. */
export function mistakeText(error: unknown, language: Language): string {
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const lines = stack.split('\n').slice(0, mostLines);
  return message('mistake', language, { detail: lines.map((line) => line.slice(0, longestLine)).join('\n') });
}

/**
 * What nobody caught ends the process, be it a command or the engine: nobody knows what is still true in it. Its children
 * live on, and whoever keeps the daemon starts the next one, which takes them over. Node would first print the whole line
 * of source that threw, and in the executable the whole program is one line.
 */
export function endAtMistakes(language: Language): void {
  process.on('uncaughtException', (error) => {
    try {
      // At once: the process ends before a stream would have written it.
      writeSync(2, `procsaver: ${mistakeText(error, language)}\n`);
    } finally {
      process.exit(exitStatus.failed);
    }
  });
}
