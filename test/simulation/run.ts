/** `npm run simulate -- --seeds N [--steps S]` or `-- --seed X [--trace]`: random histories, each repeatable from its seed. `-- --exhaustive DEPTH`: all histories of small worlds. `-- --replay FOLDER [--trace]`: an incident's. */
import { parseArgs } from 'node:util';
import type { Event } from '../../source/engine/event.ts';
import type { Step } from '../../source/engine/turn.ts';
import { explore } from './exhaustive/explore.ts';
import { smallWorlds } from './exhaustive/worlds.ts';
import { runHistory } from './history.ts';
import { replay } from './replay.ts';

const { values } = parseArgs({
  options: {
    trace: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    steps: { type: 'string', default: '1000' },
    'kill-at': { type: 'string' },
    exhaustive: { type: 'string' },
    replay: { type: 'string' },
  },
});

if (values.replay !== undefined) replayOnce(values.replay);
else if (values.exhaustive === undefined) liveThrough();
else exhaust(Number(values.exhaustive));

function replayOnce(folder: string): void {
  const { events, written, said, isSame } = replay(folder, values.trace ? print : undefined);
  const notices = `${said} notices said, ${written} of them written`;
  console.log(`${events} events replayed; ${notices}; the state at the end is ${isSame ? 'the same' : 'ANOTHER ONE'}`);
  if (!isSame) process.exitCode = 1;
}

function liveThrough(): void {
  const steps = Number(values.steps);
  const first = values.seed === undefined ? 1 : Number(values.seed);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  let total = 0;
  let kills = 0;
  let reboots = 0;
  const begun = performance.now();
  for (let seed = first; seed < first + count; seed += 1) {
    const result = runHistory({
      seed,
      steps,
      ...(values.trace ? { onStep: print } : {}),
      ...(values['kill-at'] === undefined ? {} : { killAtCall: Number(values['kill-at']) }),
    });
    total += result.steps;
    kills += result.kills;
    reboots += result.reboots;
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `${count} histories, ${total} steps, ${kills} kills of the engine, ${reboots} reboots, every law held; ${seconds.toFixed(1)} s, ${Math.round(total / seconds)} steps a second`,
  );
}

function exhaust(depth: number): void {
  for (const [name, profiles] of Object.entries(smallWorlds)) {
    const begun = performance.now();
    const { states, steps, isWhole, ...reached } = explore({ profiles, depth });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const rest = isWhole ? '' : ', and a part of the next level, where the bound on states was reached';
    console.log(
      `${name}: all histories to depth ${reached.depth}${rest}; ${states} states, ${steps} steps, every law held; ${seconds} s`,
    );
  }
}

function print(event: Event, step: Step): void {
  const { type, at, ...rest } = event;
  console.log(`${at.monoMs} ${type} ${type === 'began' || type === 'profile-changed' ? '' : JSON.stringify(rest)}`);
  for (const effect of step.effects) console.log(`    ${effect.do} ${'slot' in effect ? effect.slot : ''}`);
  for (const notice of step.notices)
    console.log(`    ${notice.id} ${notice.group ?? ''}/${notice.process ?? ''} ${JSON.stringify(notice.parameters)}`);
}
