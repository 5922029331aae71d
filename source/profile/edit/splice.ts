import { isCollection, isMap, isPair, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import { entryText, type Manner } from './flow-text.ts';

/** A change of the text itself, so that nothing else in it is written anew. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export type ProfileMap = YAMLMap<Node, Node | null>;
export type ProfilePair = Pair<Node, Node | null>;

export function applySplice(text: string, splice: Splice): string {
  return text.slice(0, splice.from) + splice.text + text.slice(splice.to);
}

/** The pair that stands in this map itself, not one that `<<` brings in. */
export function ownPair(map: ProfileMap, key: string): ProfilePair | undefined {
  return (map.items as ProfilePair[]).find((pair) => keyOf(pair) === key);
}

function keyOf(pair: ProfilePair): string | null {
  return isScalar(pair.key) ? (typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? null)) : null;
}

/** Puts another value behind the key. Comments behind a value of one line stay. */
export function replaceValue(text: string, pair: ProfilePair, value: string): Splice {
  const colon = colonOf(text, pair);
  const node = pair.value;
  const start = node?.range?.[0] ?? colon;
  const end = node === null ? colon : endOf(text, node);
  // Nothing, or a list or map on lines of its own: the value moves up beside the key.
  const isOnLinesBelow = isCollection(node) && node.flow !== true && !text.slice(colon, start).includes('#');
  if (end <= start || isOnLinesBelow) return { from: colon, to: Math.max(colon, end), text: ` ${value}` };
  return { from: start, to: end, text: value };
}

/** Puts another key and value in the place of a pair. */
export function replacePair(text: string, pair: ProfilePair, key: string, value: string, manner: Manner): Splice {
  return {
    from: startOf(pair),
    to: pair.value === null ? colonOf(text, pair) : Math.max(colonOf(text, pair), endOf(text, pair.value)),
    text: entryText(key, value, manner),
  };
}

/** Adds a key behind the last one: on a line of its own, or before the brace. */
export function insertPair(text: string, map: ProfileMap, key: string, value: string, manner: Manner): Splice {
  const entry = entryText(key, value, manner);
  const last = (map.items as ProfilePair[]).at(-1);
  if (map.flow === true) return insertIntoFlow(text, map, last, entry);
  const lastEnd = last === undefined ? (map.range?.[0] ?? 0) : endOfPair(text, last);
  const newline = text.indexOf('\n', lastEnd);
  const lineEnd = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const indent = last === undefined ? '' : indentOf(text, startOf((map.items as ProfilePair[])[0] as ProfilePair));
  return { from: lineEnd, to: lineEnd, text: `${lineBreakOf(text)}${indent}${entry}` };
}

function insertIntoFlow(text: string, map: ProfileMap, last: ProfilePair | undefined, entry: string): Splice {
  if (last === undefined) {
    const [open, close] = map.range as [number, number, number];
    return { from: open, to: close, text: `{ ${entry} }` };
  }
  const end = endOfPair(text, last);
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  return { from: end + comma, to: end + comma, text: comma > 0 ? ` ${entry},` : `, ${entry}` };
}

function endOfPair(text: string, pair: ProfilePair): number {
  const colon = colonOf(text, pair);
  return pair.value === null ? colon : Math.max(colon, endOf(text, pair.value));
}

/** Where the value itself ends: the library counts comments and empty lines behind a list or map to it. */
function endOf(text: string, node: Node): number {
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) return endOfPair(text, last as ProfilePair);
    if (last !== undefined && last !== null) return endOf(text, last as Node);
  }
  const [start, end] = node.range as [number, number, number];
  return start + text.slice(start, end).trimEnd().length;
}

/** The position behind the colon of a pair. */
function colonOf(text: string, pair: ProfilePair): number {
  return text.indexOf(':', pair.key.range?.[1] ?? 0) + 1;
}

function startOf(pair: ProfilePair): number {
  return pair.key.range?.[0] ?? 0;
}

/** Blanks as wide as what stands before the key in its line. */
function indentOf(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return text.slice(lineStart, at).replace(/\S/g, ' ');
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function isOwnMap(node: unknown): node is ProfileMap {
  return isMap(node);
}
