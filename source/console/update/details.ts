import type { InstanceSamples } from '../../control/protocol.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import { paragraph } from '../../notices/phrase.ts';
import { find } from '../action/subject.ts';
import type { Command } from '../command.ts';
import type { Message } from '../message.ts';
import type { DetailsScreen, Model } from '../model.ts';

/** Output is asked for anew this often while it is on the screen. */
const OUTPUT_EVERY_MS = 2000;
/** The flight recorder has no more than one sample in ten seconds. */
const SAMPLES_EVERY_MS = 10_000;
const WRITTEN_KEPT_MS = 600_000;

/** What the page shows beyond the status, and is asked for while it is open only. */
type Fetched = Omit<DetailsScreen, 'is' | 'target'>;

const NOTHING_YET: Fetched = {
  output: null,
  why: null,
  samples: null,
  written: [],
  restarts: null,
  incidents: null,
  parameters: null,
};

export function detailsOf(target: string): DetailsScreen {
  return { is: 'details', target, ...NOTHING_YET };
}

/** When the page opens, and when its engine is found again. A group shows what the status says of it. */
export function detailsQuestions(target: string): readonly Command[] {
  if (isGroup(target)) return [];
  return [
    { is: 'fetch-why', target },
    { is: 'fetch-restarts', target },
    { is: 'fetch-incidents', target },
    { is: 'fetch-parameters', target },
    { is: 'fetch-samples', target },
    { is: 'fetch-output', target },
  ];
}

export function detailsTicked({ screen, connection, nowMs: beforeMs }: Model, nowMs: number): readonly Command[] {
  if (screen.is !== 'details' || connection.is !== 'connected' || isGroup(screen.target)) return [];
  const { target } = screen;
  const isDue = (everyMs: number) => Math.floor(nowMs / everyMs) !== Math.floor(beforeMs / everyMs);
  return [
    ...(isDue(OUTPUT_EVERY_MS) ? [{ is: 'fetch-output', target } as const] : []),
    ...(isDue(SAMPLES_EVERY_MS) ? [{ is: 'fetch-samples', target } as const] : []),
  ];
}

/** What the engine said of it once is out of date when its state has changed. */
export function detailsChanged(before: Model, { screen, status }: Model): readonly Command[] {
  if (screen.is !== 'details' || isGroup(screen.target)) return [];
  const { target } = screen;
  const old = find(before, target);
  const now = find({ status }, target);
  if (old?.is !== 'process' || now?.is !== 'process' || old.process === now.process) return [];
  const commands: Command[] = [];
  if (standing(old) !== standing(now)) commands.push({ is: 'fetch-why', target }, { is: 'fetch-restarts', target });
  if (JSON.stringify(old.process.overrides) !== JSON.stringify(now.process.overrides))
    commands.push({ is: 'fetch-parameters', target });
  return commands;
}

/** Evidence that was just taken belongs to what is shown. */
export function detailsTold({ screen }: Model, { id, group, process }: NoticeLine): readonly Command[] {
  if (screen.is !== 'details' || id !== 'dump.taken' || screen.target.split('#')[0] !== `${group}/${process}`)
    return [];
  return [{ is: 'fetch-incidents', target: screen.target }];
}

type ProcessSubject = Extract<NonNullable<ReturnType<typeof find>>, { is: 'process' }>;

/** All but what moves by itself: timers, CPU, memory. */
function standing({ process }: ProcessSubject): string {
  const { state, wanted, paused, stalled, instances, slots, restarts, dependsOn } = process;
  return JSON.stringify([state, wanted, paused, stalled, instances, slots, restarts, dependsOn]);
}

/** An answer finds its place; one about a page that was left is dropped. */
export function withFetched(model: Model, message: Message): Model {
  const { screen } = model;
  if (screen.is !== 'details' || !('target' in message) || message.target !== screen.target) return model;
  const fetched = fetchedOf(message, model, screen);
  return fetched === null ? model : { ...model, screen: { ...screen, ...fetched } };
}

function fetchedOf(message: Message, { language, nowMs }: Model, { written }: Fetched): Partial<Fetched> | null {
  switch (message.is) {
    case 'output':
      return { output: message.lines };
    case 'explained':
      return { why: paragraph(message.explanations[0]?.sentences ?? [], language) || null };
    case 'samples':
      return { samples: message.samples, written: grown(written, message.samples, nowMs) };
    case 'restarts':
      return { restarts: message.restarts };
    case 'incidents':
      return { incidents: message.incidents };
    case 'parameters':
      return { parameters: message.parameters };
    default:
      return null;
  }
}

/** What the flight recorder does not have: somebody looks on, and sees how much is written meanwhile. */
function grown(written: Fetched['written'], samples: readonly InstanceSamples[], nowMs: number): Fetched['written'] {
  const known = samples.flatMap(({ outputBytes }) => outputBytes ?? []);
  if (known.length === 0) return written;
  const bytes = known.reduce((sum, one) => sum + one, 0);
  return [...written.filter(({ atMs }) => nowMs - atMs <= WRITTEN_KEPT_MS), { atMs: nowMs, bytes }];
}

function isGroup(target: string): boolean {
  return !target.includes('/');
}
