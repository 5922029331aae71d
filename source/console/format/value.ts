import type { WrittenValue } from '../../profile/profile.ts';

/** A parameter's value as one would write it in the profile. */
export function written(value: WrittenValue): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** What was typed, as YAML would read it: numbers, booleans, lists and objects are recognised, all else is text. */
export function typed(text: string): WrittenValue {
  const trimmed = text.trim();
  try {
    return JSON.parse(trimmed) as WrittenValue;
  } catch {
    return trimmed;
  }
}
