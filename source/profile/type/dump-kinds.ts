import type { DumpKind } from '../../ports/evidence.ts';
import type { FieldType } from '../field.ts';
import { quoted } from '../problem.ts';
import { listOf } from './collection.ts';
import { choice } from './scalar.ts';

/** What is taken of the process itself; an empty list is nothing of it. */
export function dumpKinds(): FieldType<readonly DumpKind[]> {
  const kind = choice('stack', 'core', 'mini', 'full');
  const list = listOf(kind, `list, each ${kind.words}`);
  return {
    ...list,
    read: (tree, report) => {
      const kinds = list.read(tree, report);
      const twice = kinds?.findIndex((name, index) => kinds.indexOf(name) < index) ?? -1;
      if (kinds === undefined || twice < 0) return kinds;
      const place = tree.is === 'list' ? (tree.items[twice]?.place ?? tree.place) : tree.place;
      report(place, { what: `${quoted(kinds[twice] as string)} stands here twice`, expected: '', hint: 'keep one' });
      return undefined;
    },
  };
}
