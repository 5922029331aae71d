import { joinPath, type Place } from './problem.ts';
import type { WrittenValue } from './profile.ts';

/** A value together with the place it was written at, so that whatever is found wrong later can be shown where it stands. */
export type Tree = ScalarTree | ListTree | MapTree;

export interface ScalarTree {
  readonly is: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As written: `1.10` where the value is the number 1.1. */
  readonly text: string;
}

export interface ListTree {
  readonly is: 'list';
  readonly place: Place;
  readonly items: readonly Tree[];
}

export interface MapTree {
  readonly is: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Where the key stands. */
  readonly key: Place;
  readonly value: Tree;
}

/** Of values that come from an operator or from this program, not from a file. */
export function treeOf(value: WrittenValue, path = ''): Tree {
  const place = { file: '', line: 1, column: 1, path };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => treeOf(item, isPlainMap(item) ? joinPath(path, String(index)) : path));
    return { is: 'list', place, items };
  }
  if (isPlainMap(value)) {
    const entries = Object.entries(value).map(([key, child]): [string, Entry] => {
      const value = treeOf(child, joinPath(path, key));
      return [key, { key: value.place, value }];
    });
    return { is: 'map', place, entries: new Map(entries) };
  }
  const scalar = value as string | number | boolean | null;
  return { is: 'scalar', place, value: scalar, text: scalar === null ? '' : String(scalar) };
}

function isPlainMap(value: WrittenValue): value is { readonly [key: string]: WrittenValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function plainOf(tree: Tree): WrittenValue {
  if (tree.is === 'scalar') return tree.value;
  if (tree.is === 'list') return tree.items.map(plainOf);
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
}

/** The entry at `restart.backoff.max`, or undefined when it is not written. */
export function entryAt(tree: Tree, path: string): Entry | undefined {
  let entry: Entry | undefined;
  let at: Tree | undefined = tree;
  for (const part of partsOf(path)) {
    entry = at?.is === 'map' ? at.entries.get(part) : undefined;
    at = entry?.value;
  }
  return entry;
}

/** Paths are taken apart for each process anew, and there are only as many as fields. */
const taken = new Map<string, readonly string[]>();

function partsOf(path: string): readonly string[] {
  let parts = taken.get(path);
  if (parts === undefined) {
    parts = path.split('.');
    taken.set(path, parts);
  }
  return parts;
}

/** The tree without the entry at this path; the maps round it stay. */
export function without(tree: MapTree, path: string): MapTree {
  const dot = path.indexOf('.');
  const key = dot < 0 ? path : path.slice(0, dot);
  const entry = tree.entries.get(key);
  if (entry === undefined) return tree;
  const entries = new Map(tree.entries);
  if (dot < 0) entries.delete(key);
  else if (entry.value.is === 'map') entries.set(key, { ...entry, value: without(entry.value, path.slice(dot + 1)) });
  return { ...tree, entries };
}

/** The nearer value wins; maps are merged key by key, lists and scalars replaced. A section left empty changes nothing. */
export function mergeTrees(far: Tree, near: Tree): Tree {
  if (near.is === 'scalar' && near.value === null && far.is === 'map') return far;
  if (far.is !== 'map' || near.is !== 'map') return near;
  const entries = new Map(far.entries);
  for (const [key, entry] of near.entries) {
    const under = entries.get(key);
    entries.set(key, under === undefined ? entry : { key: entry.key, value: mergeTrees(under.value, entry.value) });
  }
  return { ...near, entries };
}

export function emptyMap(place: Place): MapTree {
  return { is: 'map', place, entries: new Map() };
}

export function isEmpty(tree: Tree): boolean {
  return tree.is === 'scalar' && tree.value === null;
}

/** In words, short, for messages: `"lots"`, `a list`. */
export function describe(tree: Tree): string {
  if (tree.is !== 'scalar') return tree.is === 'list' ? 'a list' : 'a map';
  if (tree.value === null) return 'nothing';
  if (typeof tree.value !== 'string') return tree.text;
  return quote(tree.value);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
}
