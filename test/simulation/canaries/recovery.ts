import type { SavedProcess, SavedState } from '../../../source/engine/durable.ts';
import { type Canary, eventsSeenAs } from '../planted.ts';

/** Engines that begin from less than the earlier one has left. */
export const recoveryCanaries: Readonly<Record<string, Canary>> = {
  'a recovered engine forgets no counted restart': savedSeenAs((saved) => ({
    ...saved,
    slots: each(saved.slots, (slot) => ({ ...slot, restarts: [] })),
  })),

  'a recovered engine forgets no pause': savedSeenAs((saved) => ({
    ...saved,
    groups: each(saved.groups, (group) => ({ ...group, pause: null })),
  })),

  'a recovered engine forgets no override': savedProcessesSeenAs((process) => ({ ...process, overrides: {} })),

  'a recovered engine wants what was wanted': savedProcessesSeenAs((process) => ({ ...process, wanted: 'up' })),
};

function savedSeenAs(change: (saved: SavedState) => SavedState): Canary {
  return eventsSeenAs((event) =>
    event.type === 'began' && event.saved !== null ? { ...event, saved: change(event.saved) } : event,
  );
}

function savedProcessesSeenAs(change: (process: SavedProcess) => SavedProcess): Canary {
  return savedSeenAs((saved) => ({ ...saved, processes: each(saved.processes, change) }));
}

function each<T>(records: Readonly<Record<string, T>>, change: (record: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(records).map(([key, record]) => [key, change(record)]));
}
