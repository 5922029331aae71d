// `npm run bench`, or `npm run bench -- --only detection,restart`: how fast it sees and restarts, what it costs, beside the peers and the floors.
// `--program FILE` measures another build. Durations never make it fail: a machine may be busy. What it could not measure it says loudly.
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { chooseProgram } from './daemon.ts';
import type { Figure } from './figures.ts';
import { cleanUp } from './place.ts';
import { makePrograms, type Programs } from './programs.ts';
import { consoleSection } from './section/console.ts';
import { detectionSection } from './section/detection.ts';
import { recoverySection } from './section/recovery.ts';
import { restSection } from './section/rest.ts';
import { restartSection } from './section/restart.ts';
import { samplingSection } from './section/sampling.ts';
import { stallsSection } from './section/stalls.ts';
import { startsSection } from './section/starts.ts';
import { stepSection } from './section/step.ts';
import { tenThousandSection } from './section/ten-thousand.ts';
import { windowsSection } from './section/windows.ts';
import { listenForStamps } from './stamps.ts';
import { printTable } from './table.ts';

type Section = (programs: Programs) => Promise<Figure[]>;

/** In this order: what needs a quiet machine before the thousand are there, then what is measured on the thousand. */
const sections: Readonly<Record<string, { readonly title: string; readonly measure: Section }>> = {
  step: { title: 'the pure engine', measure: stepSection },
  console: { title: 'the screen', measure: consoleSection },
  sampling: { title: 'looking at the living', measure: samplingSection },
  stalls: { title: 'from a stall to its evidence to the new process', measure: stallsSection },
  restart: { title: 'kill -9 to the new process running, in turn', measure: restartSection },
  starts: { title: 'first starts', measure: startsSection },
  rest: { title: 'at rest with 1,000 watched', measure: restSection },
  detection: { title: 'kill -9 to the notice', measure: detectionSection },
  recovery: { title: 'from the start of the daemon to its word that it watches', measure: recoverySection },
  windows: { title: 'the daemon for Windows, under Wine', measure: windowsSection },
  'ten-thousand': { title: 'ten thousand watched', measure: tenThousandSection },
};

/** Minutes, 10,000 processes, or Wine: not without being asked for. */
const onlyWhenNamed = ['ten-thousand', 'windows'];

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, program: { type: 'string' } } });
  const wanted = values.only?.split(',') ?? Object.keys(sections).filter((name) => !onlyWhenNamed.includes(name));
  const unknown = wanted.filter((name) => !(name in sections));
  if (unknown.length > 0) {
    console.error(`there is no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`);
    return 2;
  }
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Linux ${release()}, Node ${process.versions.node}`,
  );
  chooseProgram(values.program);
  listenForStamps();
  const programs = makePrograms();
  let failures = 0;
  for (const [name, { title, measure }] of Object.entries(sections)) {
    if (!wanted.includes(name)) continue;
    try {
      printTable(`${title} (${name})`, await measure(programs));
    } catch (error) {
      failures += 1;
      console.log(`\n${title} (${name}): NOT MEASURED: ${(error as Error).message}`);
    }
  }
  return failures === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().then(() => process.exit(130)));
}
process.on('unhandledRejection', (error) => {
  console.error(error);
  void cleanUp().then(() => process.exit(1));
});
let status = 1;
try {
  status = await main();
} finally {
  await cleanUp();
}
process.exit(status);
