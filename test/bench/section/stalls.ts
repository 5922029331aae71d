// From a silence that has lasted too long to the notice, the evidence and the new process; beside the same without evidence.
import { killDaemon, startDaemon, watchedPids } from '../daemon.ts';
import type { Figure, Goal } from '../figures.ts';
import { killAndWait } from '../place.ts';

const rounds = 15;
const longestMs = 60_000;
const limitMs = 1_000;
const inTime: Goal = { below: 1_000, text: '< 1 s' };

/** One that falls silent at once, and obeys when it is asked to end. */
const silent = (more: string) => `{ command: [sleep, "1000"], stall: { output: ${limitMs}ms }${more} }`;

const entries = {
  bare: silent(', keep: 0'),
  facts: silent(', dump: []'),
  stack: silent(''),
} as const;
type Entry = keyof typeof entries;

interface Taken {
  /** Beyond the limit. */
  readonly called: number[];
  readonly evidence: number[];
  readonly again: number[];
}

export async function stallsSection(): Promise<Figure[]> {
  const lines = Object.entries(entries).map(([name, entry]) => `      ${name}: ${entry}\n`);
  const restart = 'defaults:\n  restart: { limit: 1000, backoff: { initial: 0s, max: 0s } }\n';
  const { daemon } = await startDaemon('stalls', `${restart}groups:\n  bench:\n    processes:\n${lines.join('')}`);
  const taken: Readonly<Record<Entry, Taken>> = { bare: none(), facts: none(), stack: none() };
  const upAtMs = new Map<string, number>();
  const stalledAtMs = new Map<string, number>();
  const { notices } = await daemon.client.call('subscribe', {});
  const isEnough = Promise.withResolvers<void>();
  const hear = ({ id, process, at }: { id: string; process: string | null; at: string }): void => {
    const into = taken[process as Entry];
    if (process === null || into === undefined) return;
    const atMs = Date.parse(at);
    const stalled = stalledAtMs.get(process);
    switch (id) {
      case 'process.up':
        if (stalled !== undefined) into.again.push(atMs - stalled);
        stalledAtMs.delete(process);
        upAtMs.set(process, atMs);
        break;
      case 'process.stalled':
        into.called.push(atMs - (upAtMs.get(process) ?? atMs) - limitMs);
        stalledAtMs.set(process, atMs);
        break;
      case 'dump.taken':
        if (stalled !== undefined) into.evidence.push(atMs - stalled);
    }
    if (Object.values(taken).every(({ again }) => again.length >= rounds)) isEnough.resolve();
  };
  for (const line of notices) hear(line);
  daemon.client.on('notice', hear);
  const giveUp = setTimeout(() => isEnough.resolve(), longestMs);
  await isEnough.promise;
  clearTimeout(giveUp);
  const pids = await watchedPids(daemon.client);
  await killDaemon(daemon);
  await killAndWait([...pids.values()]);
  return figuresOf(taken);
}

function none(): Taken {
  return { called: [], evidence: [], again: [] };
}

function figuresOf({ bare, facts, stack }: Readonly<Record<Entry, Taken>>): Figure[] {
  const floor: Figure = { what: 'floor: stalled to running again, no evidence', unit: 'ms', samples: bare.again };
  const figure = (what: string, samples: readonly number[]): Figure => ({ what, unit: 'ms', samples, floor });
  return [
    { what: 'limit run out to `process.stalled`', unit: 'ms', samples: stack.called, goal: inTime },
    floor,
    figure('stalled to evidence, no dump of the process', facts.evidence),
    figure('stalled to running again, no dump of the process', facts.again),
    figure('stalled to evidence with stacks', stack.evidence),
    figure('stalled to running again, evidence with stacks first', stack.again),
  ];
}
