import type { NoticeLine } from '../../notices/notice.ts';
import type { Model } from '../model.ts';

type Verb = 'stop' | 'restart';

/** What an operator's order is told as, and what of each process says that it is carried out; the first that came counts. */
const TOLD_BY: Readonly<Record<Verb, { readonly asked: string; readonly done: readonly string[] }>> = {
  stop: { asked: 'operator.stopped', done: ['process.stopped'] },
  restart: { asked: 'operator.restarted', done: ['process.ready', 'process.up'] },
};

/** How long the same took when it was last asked for, until the last of the processes; null where the notices do not tell. */
export function lastTook(
  { notices }: Pick<Model, 'notices'>,
  verb: Verb,
  target: string,
  processes: readonly string[],
): number | null {
  const { asked, done } = TOLD_BY[verb];
  const at = notices.findLastIndex(({ id, parameters }) => id === asked && parameters['target'] === target);
  const begun = notices[at];
  if (begun === undefined) return null;
  const later = notices.slice(at + 1);
  const ends = processes.flatMap((name) => endOf(name, later, done) ?? []);
  // One that did not come to its end, or was down before, makes the whole unknown rather than short.
  if (ends.length < processes.length) return null;
  return Math.max(...ends) - Date.parse(begun.at);
}

function endOf(name: string, later: readonly NoticeLine[], done: readonly string[]): number | null {
  const own = later.filter(({ group, process }) => `${group}/${process}` === name);
  // What an operator asked for after that is another matter.
  const next = own.findIndex(({ id }) => id.startsWith('operator.'));
  const counted = next < 0 ? own : own.slice(0, next);
  for (const id of done) {
    const end = counted.find((line) => line.id === id);
    if (end !== undefined) return Date.parse(end.at);
  }
  return null;
}
