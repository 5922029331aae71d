import type { EngineState } from '../../../source/engine/state.ts';
import { deadlineOf, slotName } from '../../../source/engine/state.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import { check, eachSlot, type LawWorld } from '../evidence.ts';

/** What a law is shown when the queue has run empty and every effect is carried out. */
export interface Rest {
  readonly state: EngineState;
  readonly timers: ReadonlyMap<string, number>;
  readonly disk: Readonly<Record<string, unknown>>;
  readonly world: LawWorld & {
    isWatched(instance: Instance): boolean;
    watched(): readonly Instance[];
    /** Null: it does not live, or something else started it. */
    commandOf(instance: Instance): string | null;
  };
  readonly probed: ReadonlySet<Instance>;
  /** Whose words are heard, and who is asked whether it still works. */
  readonly listened: ReadonlyMap<string, Instance>;
  readonly stallProbed: ReadonlyMap<string, Instance>;
}

export const restLaws: Readonly<Record<string, (rest: Rest) => void>> = {
  'each waiting state has exactly one timer, and no timer is without one': ({ state, timers }) => {
    const expected = new Map<string, number>();
    eachSlot(state, (process, slot) => {
      const deadline = deadlineOf(slot.phase);
      if (deadline !== null) expected.set(`slot:${slotName(process, slot)}`, deadline);
    });
    for (const [key, atMs] of expected)
      check(timers.get(key) === atMs, `${key} should ring at ${atMs}, its timer says ${timers.get(key)}`);
    for (const key of timers.keys())
      if (key.startsWith('slot:')) check(expected.has(key), `${key} has a timer and waits for nothing`);
    const brake = timers.get('brake:');
    check(brake === (state.brake.wakeAtMs ?? undefined), `the brake wakes at ${brake}, not at ${state.brake.wakeAtMs}`);
  },

  'a surplus that is not said yet has its timer, and only that': ({ state, timers }) => {
    const expected = new Set<string>();
    eachSlot(state, (process, slot) => {
      if (slot.surplus?.isSaid === false) expected.add(`surplus:${slotName(process, slot)}`);
    });
    for (const key of expected) check(timers.has(key), `${key} has no timer`);
    for (const key of timers.keys())
      if (key.startsWith('surplus:')) check(expected.has(key), `${key} has a timer and nothing to say`);
  },

  'the disk holds a record of everything there is, and of nothing else': ({ state, disk }) => {
    const expected = new Set(['engine']);
    for (const group of state.groups) expected.add(`group:${group.spec.name}`);
    for (const process of state.processes) expected.add(`process:${process.name}`);
    eachSlot(state, (process, slot) => expected.add(`slot:${slotName(process, slot)}`));
    for (const key of Object.keys(disk)) check(expected.has(key), `the disk remembers ${key}, which is gone`);
    for (const key of expected) check(disk[key] !== undefined, `the disk knows nothing of ${key}`);
  },

  'everything that lives is watched': ({ state, world }) => {
    eachSlot(state, (process, slot) => {
      for (const { instance } of slot.living)
        check(
          world.ownerOf(instance) === null || world.isWatched(instance),
          `pid ${instance.pid} of ${slotName(process, slot)} lives and nobody watches it`,
        );
    });
  },

  'nobody is watched or probed in vain': ({ state, world, probed }) => {
    const isKnown = (instance: Instance, isReadying: boolean): boolean =>
      state.processes.some((process) =>
        process.slots.some(
          (slot) =>
            (!isReadying || slot.phase.is === 'readying') &&
            slot.living.some((living) => isSameInstance(living.instance, instance)),
        ),
      );
    for (const instance of world.watched()) check(isKnown(instance, false), `pid ${instance.pid} is watched in vain`);
    for (const instance of probed) check(isKnown(instance, true), `pid ${instance.pid} is probed in vain`);
  },
};
