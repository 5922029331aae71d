/** `npm run simulate -- --seeds N [--steps S]` or `-- --seed X [--trace]`: random histories, each repeatable from its seed. */
import { parseArgs } from 'node:util';
import type { Event } from '../../source/engine/event.ts';
import type { Step } from '../../source/engine/turn.ts';
import { runHistory } from './history.ts';

const { values } = parseArgs({
  options: {
    trace: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    steps: { type: 'string', default: '1000' },
    'kill-at': { type: 'string' },
  },
});

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

function print(event: Event, step: Step): void {
  const { type, at, ...rest } = event;
  console.log(`${at.monoMs} ${type} ${type === 'began' || type === 'profile-changed' ? '' : JSON.stringify(rest)}`);
  for (const effect of step.effects) console.log(`    ${effect.do} ${'slot' in effect ? effect.slot : ''}`);
  for (const notice of step.notices)
    console.log(`    ${notice.id} ${notice.group ?? ''}/${notice.process ?? ''} ${JSON.stringify(notice.parameters)}`);
}
