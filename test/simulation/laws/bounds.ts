import { snapshot } from '../../../source/engine/snapshot.ts';
import { slotName } from '../../../source/engine/state.ts';
import type { ProcessStatus } from '../../../source/engine/status.ts';
import { check, type Evidence, eachSlot, type Laws } from '../evidence.ts';

const most = 1_000;

/** What is remembered, saved and shown. */
export const boundLaws: Laws = {
  'histories and queues stay bounded': ({ step }) => {
    let slots = 0;
    eachSlot(step.state, (process, slot) => {
      slots += 1;
      check(slot.restarts.length <= most, `${slotName(process, slot)} remembers ${slot.restarts.length} restarts`);
    });
    const { queue, recent } = step.state.brake;
    check(queue.length <= slots, `${queue.length} wait for their turn, of ${slots}`);
    check(recent.length <= most, `the brake remembers ${recent.length} restarts`);
  },

  'what is saved stands before what depends on it': ({ step }) => {
    const save = step.effects.findIndex((effect) => effect.do === 'save');
    check(save <= 0, `the save is effect number ${save + 1}`);
    const isLaunching = step.effects.some((effect) => effect.do === 'launch');
    check(!isLaunching || save === 0, 'a launch goes out that was not saved');
  },

  'the snapshot survives JSON': (evidence) => {
    const shown = statusesOfTheChanged(evidence);
    const lost = shown.map((status) => whatJsonLoses(status, status.name)).find((path) => path !== null) ?? null;
    check(lost === null, `${lost} does not survive it`);
  },
};

/** Only what the step has touched: the rest was looked at when it was. */
function statusesOfTheChanged({ before, step, event }: Evidence): ProcessStatus[] {
  const { state } = step;
  if (state.processes === before.processes) return [];
  const changed = state.processes.filter((process, index) => process !== before.processes[index]);
  const groups = new Set(changed.map((process) => process.group));
  const names = new Set(changed.map((process) => process.name));
  const narrow = { ...state, groups: state.groups.filter((group) => groups.has(group.spec.name)) };
  return snapshot(narrow, event.at).flatMap((group) =>
    group.processes.filter((status) => names.has(`${group.name}/${status.name}`)),
  );
}

/** The path of the first value that JSON would drop or change; null: there is none. */
function whatJsonLoses(value: unknown, path: string): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  if (typeof value !== 'object') return path;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, inner] of entries) {
    const lost = whatJsonLoses(inner, `${path}.${key}`);
    if (lost !== null) return lost;
  }
  return null;
}
