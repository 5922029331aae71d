import type { NoticeLine } from '../../source/notices/notice.ts';
import type { Workplace } from './workplace.ts';

const words: Partial<Record<NoticeLine['id'], string>> = {
  'process.down': 'down',
  'process.stopped': 'stopped',
  'process.up': 'up',
  'process.ready': 'ready',
  'process.gave-up': 'given up',
};

/** What became of the processes of a group since a line of the journal, in its order: `['database down', 'worker#2 stopped', ...]`. */
export function storyOf(place: Workplace, group: string, sinceLine: number): string[] {
  return place
    .notices()
    .slice(sinceLine)
    .filter((notice) => notice.group === group && words[notice.id] !== undefined)
    .map(({ id, process, parameters }) => {
      const slot = parameters['slot'] === undefined ? '' : `#${parameters['slot']}`;
      return `${process}${slot} ${words[id]}`;
    });
}

/** The lines of the journal now: what comes after them is the story of what follows. */
export function linesNow(place: Workplace): number {
  return place.notices().length;
}
