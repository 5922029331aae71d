import type { ProcessSpec } from '../profile/profile.ts';
import type { Slot } from './state.ts';
import { silent, stay } from './state.ts';

/** A `match` entry is restarted as a whole, so it has one slot, however many instances it stands for. */
export function slotCount(spec: ProcessSpec): number {
  return spec.kind === 'command' ? spec.instances : 1;
}

export function newSlot(number: number, nowMs: number): Slot {
  return {
    number,
    phase: { is: 'stopped' },
    sinceMs: nowMs,
    living: [],
    restarts: [],
    lastExit: null,
    lastFailure: null,
    lastDead: null,
    course: stay,
    missed: false,
    word: silent,
    vitals: [],
    vitalAtMs: null,
    surplus: null,
  };
}
