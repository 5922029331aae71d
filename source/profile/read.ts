import type { FieldTable, ValuesOf } from './field.ts';
import { unheard } from './problem.ts';
import { entryAt, type Tree } from './tree.ts';

/** The values of all fields of a tree that was checked before: what is written, or else the default. */
export function readFields<Table extends FieldTable>(table: Table, tree: Tree): ValuesOf<Table> {
  const values = Object.entries(table).map(([path, field]) => {
    const written = entryAt(tree, path)?.value;
    const value = written === undefined ? undefined : field.type.read(written, unheard);
    return [path, value === undefined ? field.initial : value];
  });
  return Object.fromEntries(values) as ValuesOf<Table>;
}
