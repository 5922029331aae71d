import type { Kind } from './field.ts';
import type { ProcessValues } from './fields.ts';
import type { MapTree } from './tree.ts';

/** A process whose defaults are merged in: what checks that go over several fields look at. */
export interface Whole {
  readonly kind: Kind;
  /** All its fields. */
  readonly tree: MapTree;
  /** Those that are written in the process itself. */
  readonly nearest: MapTree;
  readonly values: ProcessValues;
}
