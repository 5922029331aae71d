import { savedInstances, savedLaunches } from '../engine/beginning.ts';
import type { SavedGroup, SavedProcess, SavedSlot, SavedState } from '../engine/durable.ts';
import type { Began } from '../engine/event.ts';
import type { Clock, Moment } from '../ports/clock.ts';
import type { Instance } from '../ports/instance.ts';
import type { ProcessTable } from '../ports/process-table.ts';
import type { Profile } from '../profile/profile.ts';
import type { Surroundings } from './child.ts';
import { outputFile, ownWords } from './child.ts';
import { forgottenLaunch } from './lost-memory.ts';

/** The record about the engine itself, under the key `engine`. The two clocks were read together, so that times outlive a boot. */
interface EngineRecord {
  readonly bootId: string;
  readonly monoMs: number;
  readonly wallMs: number;
  readonly endedInOrder: boolean;
}

export const engineKey = 'engine';

export function engineRecord(clock: Clock, endedInOrder: boolean): EngineRecord {
  const { monoMs, wallMs } = clock.now();
  return { bootId: clock.bootId(), monoMs, wallMs, endedInOrder };
}

/** Sorts the store's records out; null on the very first start. */
export function savedState(records: Readonly<Record<string, unknown>>, clock: Clock): SavedState | null {
  const engine = records[engineKey] as EngineRecord | undefined;
  if (engine === undefined) return null;
  const sameBoot = engine.bootId === clock.bootId();
  const slots = under<SavedSlot>(records, 'slot:');
  return {
    sameBoot,
    endedInOrder: engine.endedInOrder,
    groups: under<SavedGroup>(records, 'group:'),
    processes: under<SavedProcess>(records, 'process:'),
    slots: sameBoot ? slots : withTimesOfThisBoot(slots, engine, clock.now()),
  };
}

/** The monotonic clock starts anew with each boot: what counts within a window is placed by the wall clock once. */
function withTimesOfThisBoot(
  slots: Readonly<Record<string, SavedSlot>>,
  engine: EngineRecord,
  now: Moment,
): Record<string, SavedSlot> {
  const shiftMs = engine.wallMs - engine.monoMs - (now.wallMs - now.monoMs);
  return Object.fromEntries(
    Object.entries(slots).map(([name, slot]) => [
      name,
      { ...slot, restarts: slot.restarts.map((at) => Math.min(now.monoMs, at + shiftMs)) },
    ]),
  );
}

function under<T>(records: Readonly<Record<string, unknown>>, prefix: string): Record<string, T> {
  const found: Record<string, T> = {};
  for (const [key, value] of Object.entries(records))
    if (key.startsWith(prefix)) found[key.slice(prefix.length)] = value as T;
  return found;
}

/** Looks for what the earlier engine left behind, then reports once. */
export function findSurvivors(
  saved: SavedState | null,
  profile: Profile,
  surroundings: Surroundings,
  table: ProcessTable,
  report: (found: Pick<Began, 'alive' | 'launched'>) => void,
): void {
  if (saved?.sameBoot !== true) return report({ alive: [], launched: {} });
  const alive: Instance[] = savedInstances(saved).filter((instance) => table.isAlive(instance));
  const launches = savedLaunches(saved);
  if (launches.length === 0) return report({ alive, launched: {} });
  const specs = new Map(
    profile.groups.flatMap((group) => group.processes.map((spec) => [`${group.name}/${spec.name}`, spec])),
  );
  const queries = launches.map(({ slot, launch }) => {
    const [process = '', number] = slot.split('#');
    const spec = specs.get(process);
    // What a new profile does not name any more is found by its mark alone.
    const query = {
      launch,
      outputFile: spec === undefined ? '' : outputFile(spec, process, Number(number), surroundings),
    };
    if (launch !== forgottenLaunch(slot)) return query;
    return { ...query, environment: ownWords(process, Number(number), surroundings) };
  });
  table.findLaunched(queries, (found) => report({ alive, launched: Object.fromEntries(found) }));
}
