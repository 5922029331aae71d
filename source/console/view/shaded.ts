import type { Model } from '../model.ts';
import { type Line, toned } from './line.ts';

/** What is on the screen may be out of date when the engine is out of reach. */
export function shaded(lines: readonly Line[], model: Pick<Model, 'connection'>): readonly Line[] {
  return model.connection.is === 'lost' ? lines.map((line) => toned(line, 'dim')) : lines;
}
