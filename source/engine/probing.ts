import type { Place, Turn } from './turn.ts';

/** Asks the first of the living whether it is ready. */
export function probe(turn: Turn, place: Place): void {
  const { name, spec } = turn.process(place.process);
  const [first] = turn.slot(place).living;
  if (first === undefined) return;
  const slot = turn.slotName(place);
  turn.effect({ do: 'probe', slot, number: place.number, process: name, instance: first.instance, spec });
}
