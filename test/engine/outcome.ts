import type { EngineState, Slot } from '../../source/engine/state.ts';
import { letHappen } from './event-columns.ts';
import type { Row, Stand } from './phase-rows.ts';

/** What an event makes of the slot, in one word. */
export function outcomeOf(stand: Stand, column: string): string {
  const { engine, slot } = stand;
  const before = engine.state;
  const told = engine.notices.length;
  const was = rowOf(engine.slot(slot));
  letHappen(column, stand);
  if (engine.effects.some((effect) => effect.do === 'answer' && !effect.answer.ok)) return 'refused';
  const now = slotIn(engine.state, slot);
  if (now === null) return 'gone';
  if (rowOf(now) !== was) return rowOf(now);
  const effects = engine.effects.filter((effect) => effect.do !== 'answer');
  const isSame = engine.state.processes.every((process, index) => process === before.processes[index]);
  if (!isSame || effects.length > 0) return 'kept';
  return engine.notices.length > told ? 'said' : 'ignored';
}

export function rowOf({ phase }: Slot): Row {
  return phase.is === 'waiting' ? `waiting for ${phase.for}` : phase.is;
}

function slotIn(state: EngineState, name: string): Slot | null {
  const [process = '', number] = name.split('#');
  const record = state.processes[state.plan.indexOf.get(process) ?? -1];
  return record?.slots.find((slot) => String(slot.number) === number) ?? null;
}
