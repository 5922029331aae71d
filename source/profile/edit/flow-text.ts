import { Scalar, stringify } from 'yaml';
import type { WrittenValue } from '../profile.ts';

/** How new values are written: as YAML, or as JSON in a profile that is JSON. */
export interface Manner {
  readonly isJson: boolean;
}

/** A value on one line, fit to stand anywhere: `5`, `[a, b]`, `{ limit: 5 }`. */
export function flowText(value: WrittenValue, manner: Manner): string {
  if (manner.isJson) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, manner)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, child]) => entryText(key, flowText(child, manner), manner));
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value === 'string' && /[\r\n]/.test(value)) return JSON.stringify(value);
  // The brackets make the library quote what would end a list or map early.
  return stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 })
    .trim()
    .slice(1, -1);
}

export function entryText(key: string, value: string, manner: Manner): string {
  return `${flowText(key, manner)}: ${value}`;
}

/** A text keeps the quotes that stood round the old one. */
export function textLike(old: unknown, value: WrittenValue, manner: Manner): string {
  if (typeof value === 'string' && old instanceof Scalar) {
    if (old.type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
    if (old.type === Scalar.QUOTE_SINGLE && !/[\r\n]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  }
  return flowText(value, manner);
}

/** What an operator typed is meant literally, so that nothing in it may become a reference when the profile is read again. */
export function literally(value: WrittenValue): WrittenValue {
  if (typeof value === 'string') return value.replace(/\$(?=[${])/g, '$$$$');
  if (Array.isArray(value)) return value.map(literally);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, literally(child)]));
}
