import type { FieldType } from '../field.ts';
import type { Tree } from '../tree.ts';
import { isEmpty, plainOf } from '../tree.ts';
import { isText, textTrouble, wrong } from './scalar.ts';

/** Names with texts, such as the environment. Numbers and booleans become the text they were written as. */
export function textMap(checkName: (name: string) => string | null): FieldType<Readonly<Record<string, string>>> {
  return {
    words: 'map of text',
    range: '',
    schema: { type: ['object', 'null'], additionalProperties: { type: ['string', 'number', 'boolean'] } },
    read: (tree, report) => {
      if (isEmpty(tree)) return {};
      if (tree.is !== 'map')
        return wrong(tree, 'map', 'a map of names to text: { NAME: text }', listHint(tree), report);
      const texts = [...tree.entries].map(([name, entry]) => {
        const trouble = checkName(name);
        if (trouble !== null) report(entry.key, { what: trouble, expected: 'a name such as HTTP_PORT', hint: '' });
        const { value } = entry;
        if (!isText(value))
          return wrong(value, 'text', 'text', isEmpty(value) ? 'write "" for an empty value' : '', report);
        const unfit = textTrouble(value.text);
        if (unfit !== null) report(value.place, { ...unfit, expected: 'text' });
        return trouble === null && unfit === null ? ([name, value.text] as const) : undefined;
      });
      return texts.includes(undefined) ? undefined : Object.fromEntries(texts as [string, string][]);
    },
    written: (tree) => {
      if (tree.is !== 'map') return {};
      return Object.fromEntries(
        [...tree.entries].map(([name, { value }]) => [name, value.is === 'scalar' ? value.text : plainOf(value)]),
      );
    },
  };
}

/** Environments are often written as lists elsewhere: `- NAME=text`. */
function listHint(tree: Tree): string {
  return tree.is === 'list' ? 'write `NAME: text` in place of `- NAME=text`' : '';
}

/** A list; one item alone counts as a list of one. */
export function listOf<Value>(item: FieldType<Value>, words: string): FieldType<readonly Value[]> {
  return {
    words,
    range: item.range === '' ? '' : `each ${item.range}`,
    schema: { anyOf: [{ type: 'array', items: item.schema }, item.schema] },
    read: (tree, report) => {
      const values = (tree.is === 'list' ? tree.items : [tree]).map((one) => item.read(one, report));
      return values.includes(undefined) ? undefined : (values as Value[]);
    },
    written: (tree) => (tree.is === 'list' ? tree.items.map(item.written) : item.written(tree)),
  };
}
