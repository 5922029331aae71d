import { type System, systems } from './paths.ts';
import { type Report, unheard } from './problem.ts';
import type { WrittenValue } from './profile.ts';
import { type Tree, treeOf } from './tree.ts';

/** One field of a profile. Checks, defaults, schema, reference and the console's editor all come from it. */
export interface Field<Value> {
  readonly type: FieldType<Exclude<Value, null>>;
  /** What holds when it is not written, as one would write it; null when it has no value then. */
  readonly default: WrittenValue;
  /** The default as the engine uses it. */
  readonly initial: Value;
  /** A sentence or two for whoever writes a profile. */
  readonly help: string;
  /** The kinds of process that have it. */
  readonly kinds: readonly Kind[];
  /** The operating systems that know it. */
  readonly systems: readonly System[];
  /** Whether it may be changed while the process runs. What defines the process itself may not. */
  readonly live: boolean;
}

/** Who starts the process: the kind is the one of these keys that is written. */
export const kinds = ['command', 'match', 'service'] as const;
export type Kind = (typeof kinds)[number];

export interface FieldType<Value> {
  /** In words: `number`, `duration`, `one of always, on-failure, never`. */
  readonly words: string;
  /** In words: `0 to 1000`; empty when there is none. */
  readonly range: string;
  readonly schema: JsonSchema;
  /** The value as the engine uses it, or undefined after every problem in it was reported. */
  readonly read: (tree: Tree, report: Report) => Value | undefined;
  /** The value as it is kept and shown: numbers where text is meant have become text. */
  readonly written: (tree: Tree) => WrittenValue;
}

export type JsonSchema = { readonly [keyword: string]: unknown };

// biome-ignore lint/suspicious/noExplicitAny: a table holds fields of every value type; ValuesOf recovers each one's own.
export type FieldTable = Readonly<Record<string, Field<any>>>;

/** What the fields of a table read as, by path. */
export type ValuesOf<Table extends FieldTable> = {
  readonly [Path in keyof Table]: Table[Path] extends Field<infer Value> ? Value : never;
};

interface Options {
  readonly help: string;
  readonly kinds?: readonly Kind[];
  readonly systems?: readonly System[];
  readonly live?: boolean;
}

/** A field that always has a value. */
export function field<Value>(
  type: FieldType<Value>,
  options: Options & { readonly default: WrittenValue },
): Field<Value> {
  const initial = type.read(treeOf(options.default), unheard);
  return { kinds, systems, live: false, ...options, initial, type } as Field<Value>;
}

/** A field without a default: its value is null when it is not written. */
export function optional<Value>(type: FieldType<Value>, options: Options): Field<Value | null> {
  return { kinds, systems, live: false, ...options, default: null, initial: null, type } as Field<Value | null>;
}
