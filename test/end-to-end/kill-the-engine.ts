// Kills the engine -9 at random moments while 50 processes run, and checks after each time that nothing was lost, died or doubled.
//   node test/end-to-end/kill-the-engine.ts --times 100 [--seed 1]
import { parseArgs } from 'node:util';
import { KillHistory } from './kill-history.ts';
import { Workplace } from './workplace.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const times = Number(values.times);
const place = new Workplace();
const history = new KillHistory(place, Number(values.seed), (line) => console.log(line));
const started = performance.now();
try {
  await history.begin();
  for (let number = 1; number <= times; number++) await history.round(number);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${times} engines killed, nothing died, doubled or was forgotten; seed ${values.seed}, ${seconds} s`);
} catch (error) {
  console.error(
    place
      .notices()
      .slice(-60)
      .map(({ at, id, text }) => `${at} ${id} ${text}`)
      .join('\n'),
  );
  console.error(error);
  console.error(`Again: node test/end-to-end/kill-the-engine.ts --times ${times} --seed ${values.seed}`);
  process.exitCode = 1;
} finally {
  await place.cleanUp();
}
