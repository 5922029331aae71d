import type { FieldType } from '../field.ts';
import type { DependencyCondition } from '../profile.ts';
import { isEmpty, plainOf } from '../tree.ts';
import { choice, wrong } from './scalar.ts';

/** Names of processes, each with what must hold of it before this one starts. */
export function dependencies(): FieldType<Readonly<Record<string, DependencyCondition>>> {
  const condition = choice('started', 'ready', 'completed');
  return {
    words: 'map of conditions',
    range: '',
    schema: { type: ['object', 'null'], additionalProperties: condition.schema },
    read: (tree, report) => {
      if (isEmpty(tree)) return {};
      if (tree.is !== 'map') {
        return wrong(tree, 'map', 'a map of names to started, ready or completed', 'write { database: ready }', report);
      }
      const entries = [...tree.entries].map(([name, entry]) => [name, condition.read(entry.value, report)] as const);
      if (entries.some(([, value]) => value === undefined)) return undefined;
      return Object.fromEntries(entries as [string, DependencyCondition][]);
    },
    written: (tree) => (tree.is === 'map' ? plainOf(tree) : {}),
  };
}
