import { alternatives } from '../fields.ts';
import type { WrittenValue } from '../profile.ts';

export type Plain = { readonly [key: string]: WrittenValue };

export function valueIn(value: WrittenValue, path: readonly string[]): WrittenValue | undefined {
  return path.reduce<WrittenValue | undefined>(
    (at, key) => (at !== undefined && isPlainMap(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
}

/** The value with a field set, and other fields that cannot stand beside it taken out. */
export function withAlternative(
  value: WrittenValue,
  path: readonly string[],
  field: string,
  to: WrittenValue,
): WrittenValue {
  const others = (alternatives.find((paths) => paths.includes(field)) ?? []).filter((other) => other !== field);
  const cleared = others.reduce((sum, other) => changed(sum, [...path, ...other.split('.')], undefined), value);
  return changed(cleared, [...path, ...field.split('.')], to);
}

function changed(value: WrittenValue, path: readonly string[], to: WrittenValue | undefined): WrittenValue {
  const [key, ...rest] = path;
  if (key === undefined) return to ?? null;
  const map = isPlainMap(value) ? value : {};
  if (to === undefined && !Object.hasOwn(map, key)) return value;
  if (to === undefined && rest.length === 0)
    return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
  const before = Object.hasOwn(map, key) ? (map[key] as WrittenValue) : {};
  return { ...map, [key]: changed(before, rest, to) };
}

function isPlainMap(value: WrittenValue): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
