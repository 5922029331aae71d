// Which screens become pictures: the golden screens' own models.
import { frameOf } from '../test/screens/frames.tsx';
import { svgOf } from './svg.ts';

const size = { columns: 100, rows: 30 };
const look = { size, language: 'en', ascii: false, theme: 'dark' } as const;

const labels: Readonly<Record<string, string>> = {
  list: 'The list of groups and processes, with their states, restarts and notices',
  details: 'The details of one process: why, dependencies, restarts, notices, output',
  editing: 'Parameters being changed while the process runs, the effect said in words',
  stalls: 'Every stall timer, the nearest to its limit first, and where the threads of one process wait',
  pause: 'Pausing the monitoring of a group: why, and until when',
};

const fileNames: Readonly<Record<string, string>> = { editing: 'parameters' };

/** File name in this folder → its SVG. */
export function pictures(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(labels).map(([name, label]) => [
      `${fileNames[name] ?? name}.svg`,
      svgOf(frameOf(name, look), size, label),
    ]),
  );
}
