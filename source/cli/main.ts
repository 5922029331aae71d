#!/usr/bin/env node
// The executable's entry. Run by node, argv is [node, main.js, ...]; in the single executable it is [executable, as typed, ...].
import { consoleEventWord } from '../platform/console-event-word.ts';
import { ownServiceWord } from '../platform/own-service-word.ts';
import { serviceOrderWord } from '../platform/service-order-word.ts';
import { languageOf } from './language.ts';
import { endAtMistakes } from './mistake.ts';
import { run } from './run.ts';
import { ownSurroundings } from './surroundings.ts';

if (process.argv[2] === consoleEventWord) {
  const { helpWithConsoleEvent } = await import('../platform/windows/console-event-helper.ts');
  helpWithConsoleEvent(process.argv.slice(3));
  process.exit(0);
}
if (process.argv[2] === serviceOrderWord) {
  const { helpWithServiceOrder } = await import('../platform/windows/service-order-helper.ts');
  helpWithServiceOrder(process.argv.slice(3));
  process.exit(0);
}
endAtMistakes(languageOf(process.env));
let surroundings = ownSurroundings();
let words = process.argv.slice(2);
let ended: (status: number) => Promise<void> = async () => {};
if (words[0] === ownServiceWord) {
  const { beginOwnService } = await import('../platform/windows/own-service.ts');
  const [, name = '', home = '', ...rest] = words;
  const service = beginOwnService(name);
  ended = service.ended;
  surroundings = { ...surroundings, stderr: { ...surroundings.stderr, write: service.complain, isFollowed: false } };
  if (home !== '') process.env['PROCSAVER_HOME'] = home;
  words = rest;
}
const status = await run(words, surroundings);
await surroundings.flushed();
await ended(status);
process.exit(status);
