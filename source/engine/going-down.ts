import type { ProcessRecord, Slot } from './state.ts';

/** Whether a slot has to go down, for good or before it starts again. */
export function goesDown(process: Pick<ProcessRecord, 'wanted'>, slot: Slot): boolean {
  return process.wanted === 'down' || slot.course.is !== 'stay';
}

/** Whatever of a process has to go down is down. */
export function isDownIfItGoesDown(process: ProcessRecord): boolean {
  return process.slots.every((slot) => !goesDown(process, slot) || isDown(slot));
}

/** Nothing of it lives and nothing of it is under way. */
function isDown(slot: Slot): boolean {
  const { is } = slot.phase;
  return slot.living.length === 0 && is !== 'launching' && is !== 'scripting' && is !== 'sweeping' && is !== 'settling';
}
