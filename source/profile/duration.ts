import { type Unit, unitParser } from './units.ts';

const units: readonly Unit[] = [
  { name: 'd', worth: 86_400_000 },
  { name: 'h', worth: 3_600_000 },
  { name: 'm', worth: 60_000 },
  { name: 's', worth: 1000 },
  { name: 'ms', worth: 1 },
];

/** `1h30m` to milliseconds; null when the text is no duration. */
export const parseDuration: (text: string) => number | null = unitParser(units);

/**
 * Milliseconds to a text that `parseDuration` reads back exactly.
 * Days are written from two whole days on, since people write `24h` and `36h`, and `30d`.
 */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  if (rest === 0) return '0s';
  const usesDays = rest >= 172_800_000 && rest % 86_400_000 === 0;
  let text = '';
  for (const unit of usesDays ? units : units.slice(1)) {
    const count = Math.floor(rest / unit.worth);
    if (count > 0) text += `${count}${unit.name}`;
    rest -= count * unit.worth;
  }
  return text;
}
