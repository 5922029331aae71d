/** `npm run simulate -- --seeds N [--steps S]` or `-- --seed X`: random histories, each repeatable from its seed. */
import { parseArgs } from 'node:util';
import { runHistory } from './history.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, seed: { type: 'string' }, steps: { type: 'string', default: '1000' } },
});

const steps = Number(values.steps);
const first = values.seed === undefined ? 1 : Number(values.seed);
const count = values.seed === undefined ? Number(values.seeds) : 1;
let total = 0;
let kills = 0;
let reboots = 0;
const begun = performance.now();
for (let seed = first; seed < first + count; seed += 1) {
  const result = runHistory({ seed, steps });
  total += result.steps;
  kills += result.kills;
  reboots += result.reboots;
}
const seconds = (performance.now() - begun) / 1000;
console.log(`${count} histories, ${total} steps, ${kills} kills of the engine, ${reboots} reboots, every law held; ${seconds.toFixed(1)} s, ${Math.round(total / seconds)} steps a second`);
