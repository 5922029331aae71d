import type { Moment } from '../ports/clock.ts';
import type { FileMark } from '../ports/meter.ts';

/** A file as it was at the last look. */
export interface SeenFile {
  readonly mark: FileMark | null;
  readonly at: Moment;
}

/** The wall clock was set when it went apart from the monotonic one by more than this between two looks. */
const jumpMs = 500;

/**
 * When a file was written to, on the monotonic clock; null: not since the last look. Only a change counts, of size or time of
 * writing. What the file's time says is believed between the two looks alone: where the wall clock was set meanwhile, or
 * belongs to another machine, the write counts as made now.
 */
export function writtenAt(before: SeenFile, now: SeenFile): number | null {
  const { mark } = now;
  if (mark === null) return null;
  const isSame = mark.sizeBytes === before.mark?.sizeBytes && mark.writtenAtMs === before.mark.writtenAtMs;
  if (isSame) return null;
  const apartMs = now.at.wallMs - now.at.monoMs;
  if (Math.abs(apartMs - (before.at.wallMs - before.at.monoMs)) > jumpMs) return now.at.monoMs;
  const atMs = mark.writtenAtMs - apartMs;
  return atMs >= before.at.monoMs && atMs <= now.at.monoMs ? atMs : now.at.monoMs;
}
