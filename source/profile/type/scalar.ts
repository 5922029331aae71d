import type { FieldType, JsonSchema } from '../field.ts';
import type { Report } from '../problem.ts';
import { closest } from '../suggestion.ts';
import { describe, isEmpty, plainOf, type ScalarTree, type Tree } from '../tree.ts';

/** References such as `${PORT:-8080}` may stand wherever an editor would otherwise ask for a number or a word. */
export const reference: JsonSchema = { type: 'string', pattern: '\\$\\{' };

export function boolean(): FieldType<boolean> {
  return {
    words: 'boolean',
    range: 'true or false',
    schema: { anyOf: [{ type: 'boolean' }, reference] },
    read: (tree, report) => {
      if (tree.is === 'scalar' && typeof tree.value === 'boolean') return tree.value;
      const meant = tree.is === 'scalar' ? /^(?:(yes|on)|no|off)$/i.exec(tree.text) : null;
      return wrong(tree, 'boolean', 'true or false', meant ? `write ${meant[1] ? 'true' : 'false'}` : '', report);
    },
    written: plainOf,
  };
}

/** For fields that say something by being there: `notify: true`. */
export function onlyTrue(): FieldType<true> {
  return {
    words: 'true',
    range: '',
    schema: { const: true },
    read: (tree, report) => {
      if (tree.is === 'scalar' && tree.value === true) return true;
      return wrong(tree, 'value for it', 'true', 'leave the key out if it is not meant', report);
    },
    written: plainOf,
  };
}

export function number(limits: {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}): FieldType<number> {
  const { min, max, whole } = limits;
  const expected = `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`;
  return {
    words: 'number',
    range: `${min} to ${max}`,
    schema: { anyOf: [{ type: whole ? 'integer' : 'number', minimum: min, maximum: max }, reference] },
    read: (tree, report) => {
      if (tree.is !== 'scalar' || typeof tree.value !== 'number') {
        const isQuoted = tree.is === 'scalar' && typeof tree.value === 'string' && /^-?\d+(\.\d+)?$/.test(tree.value);
        return wrong(tree, 'number', expected, isQuoted ? `write ${tree.value} without quotes` : '', report);
      }
      if (tree.value >= min && tree.value <= max && (!whole || Number.isInteger(tree.value))) return tree.value;
      const what = whole && !Number.isInteger(tree.value) ? 'is not a whole number' : 'is out of range';
      report(tree.place, { what: `${tree.text} ${what}`, expected, hint: '' });
      return undefined;
    },
    written: plainOf,
  };
}

export function choice<const Word extends string>(...of: readonly Word[]): FieldType<Word> {
  return {
    words: `one of ${of.join(', ')}`,
    range: '',
    schema: { anyOf: [{ enum: of }, reference] },
    read: (tree, report) => {
      const found = of.find((word) => tree.is === 'scalar' && tree.text === word);
      if (found !== undefined) return found;
      const near = tree.is === 'scalar' ? closest(tree.text, of) : null;
      const what = isEmpty(tree) ? 'has no value' : `${describe(tree)} is not known here`;
      report(tree.place, {
        what,
        expected: `one of ${of.join(', ')}`,
        hint: near === null ? '' : `did you mean \`${near}\`?`,
      });
      return undefined;
    },
    written: plainOf,
  };
}

export interface TextOptions {
  readonly words?: string;
  readonly expected?: string;
  readonly examples?: readonly string[];
  readonly mayBeEmpty?: boolean;
  /** Says what is wrong with the text, or null. */
  readonly check?: (text: string) => { readonly what: string; readonly hint: string } | null;
}

/** Numbers and booleans count as the text they were written as: nobody should need quotes round a user's number. */
export function text(options: TextOptions = {}): FieldType<string> {
  const { words = 'text', expected = words, examples, mayBeEmpty = false, check } = options;
  return {
    words,
    range: '',
    schema: { type: ['string', 'number', 'boolean'], ...(examples === undefined ? {} : { examples }) },
    read: (tree, report) => {
      if (tree.is !== 'scalar' || tree.value === null) return wrong(tree, words, expected, '', report);
      const trouble =
        textTrouble(tree.text) ??
        (tree.text === '' && !mayBeEmpty
          ? { what: 'is empty', hint: 'give a value or leave the key out' }
          : check?.(tree.text));
      if (!trouble) return tree.text;
      report(tree.place, { what: trouble.what, expected, hint: trouble.hint });
      return undefined;
    },
    written: (tree) => (tree.is === 'scalar' ? tree.text : plainOf(tree)),
  };
}

/** No text that reaches the system may hold a NUL: the kernel would cut it there. */
export function textTrouble(text: string): { readonly what: string; readonly hint: string } | null {
  return text.includes('\0') ? { what: 'holds a NUL character', hint: 'take it out' } : null;
}

/** Reports a value of the wrong type. */
export function wrong(tree: Tree, words: string, expected: string, hint: string, report: Report): undefined {
  const what = isEmpty(tree) ? 'has no value' : `${describe(tree)} is not ${words === 'text' ? words : `a ${words}`}`;
  report(tree.place, {
    what,
    expected,
    hint: hint === '' && isEmpty(tree) ? 'give a value or leave the key out' : hint,
  });
}

export function isText(tree: Tree): tree is ScalarTree {
  return tree.is === 'scalar' && tree.value !== null;
}
