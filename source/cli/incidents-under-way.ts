import type { EngineClient } from '../control/engine-client.ts';
import { EngineGone } from '../control/failure.ts';
import type { Progress } from '../control/protocol.ts';
import type { Answer, Request } from '../engine/request.ts';
import type { NoticeLine } from '../notices/notice.ts';

/** How an incident that was asked for came out. */
export type Outcome =
  | {
      /** `group/process` */
      readonly process: string;
      readonly ok: true;
      readonly number: number;
      readonly folder: string;
      readonly tookMs: number;
      /** The first incident of its kind, and how many there were since; null: it is new. `since`: ISO 8601. */
      readonly sameAs: { readonly number: number; readonly times: number; readonly since: string } | null;
      /** What could not be taken, and why; empty: all was. */
      readonly missing: string;
    }
  | { readonly process: string; readonly ok: false; readonly problem: string };

export interface Patience {
  readonly onProgress: (progress: Progress) => void;
  /** Without any news for so long it is given up. The engine bounds each incident itself; many of them follow each other. */
  readonly silenceMs: number;
}

export type DumpResult =
  | { readonly is: 'refused'; readonly problem: string }
  | { readonly is: 'ended'; readonly outcomes: readonly Outcome[] }
  | { readonly is: 'silent'; readonly outcomes: readonly Outcome[] };

/** Asks for evidence and waits until all of it is taken. Rejects when the engine is lost meanwhile. */
export async function dump(
  engine: EngineClient,
  request: Extract<Request, { verb: 'dump' }>,
  { onProgress, silenceMs }: Patience,
): Promise<DumpResult> {
  const heard = new Map<string, Outcome>();
  // The answer tells which are ours, and news may be faster than it.
  const early: Progress[] = [];
  let wanted: ReadonlySet<string> | null = null;
  let isNews = Promise.withResolvers<'news'>();
  engine.on('notice', (line) => {
    const outcome = outcomeOf(line);
    if (outcome !== null) heard.set(String(line.parameters['incident']), outcome);
    isNews.resolve('news');
  });
  engine.on('progress', (progress) => {
    if (wanted === null) early.push(progress);
    else if (wanted.has(progress.incident)) onProgress(progress);
    isNews.resolve('news');
  });
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  engine.onClose(() => lost.reject(new EngineGone('it ended while evidence was being taken')));
  await engine.call('subscribe', {});
  const answer: Answer = await engine.call('act', request);
  if (!answer.ok) return { is: 'refused', problem: answer.problem };
  const incidents = answer.incidents ?? [];
  wanted = new Set(incidents);
  for (const progress of early) if (wanted.has(progress.incident)) onProgress(progress);
  const outcomes = (): Outcome[] => incidents.flatMap((incident) => heard.get(incident) ?? []);
  while (outcomes().length < incidents.length) {
    const silence = timer(silenceMs);
    const news = await Promise.race([isNews.promise, silence.rings, lost.promise]).finally(silence.stop);
    if (news === 'silent') return { is: 'silent', outcomes: outcomes() };
    isNews = Promise.withResolvers();
  }
  return { is: 'ended', outcomes: outcomes() };
}

function outcomeOf({ id, group, process, parameters }: NoticeLine): Outcome | null {
  const about = { process: `${group}/${process}` };
  const text = (name: string): string => String(parameters[name] ?? '');
  if (id === 'dump.failed') return { ...about, ok: false, problem: text('reason') };
  if (id !== 'dump.taken') return null;
  return {
    ...about,
    ok: true,
    number: Number(parameters['number']),
    folder: text('folder'),
    tookMs: Number(parameters['tookMs']),
    sameAs:
      parameters['sameAs'] === undefined
        ? null
        : { number: Number(parameters['sameAs']), times: Number(parameters['times']), since: text('since') },
    missing: text('missing'),
  };
}

function timer(ms: number): { readonly rings: Promise<'silent'>; readonly stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<'silent'>();
  const timeout = setTimeout(() => resolve('silent'), ms);
  return { rings: promise, stop: () => clearTimeout(timeout) };
}
