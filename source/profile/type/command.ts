import parseArguments from 'string-argv';
import type { FieldType } from '../field.ts';
import type { Report } from '../problem.ts';
import { isEmpty, type Tree } from '../tree.ts';
import { isText, textTrouble, wrong } from './scalar.ts';

const expected = 'a program with its arguments: [node, server.js] or "node server.js"';

const schema = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', minItems: 1, items: { type: ['string', 'number', 'boolean'] } },
  ],
};

/** Program and arguments: a list, or one text that is split at blanks (quotes hold blanks together) without any shell. */
export function command(): FieldType<readonly string[]> {
  const unsplit = commandOrText();
  return {
    ...unsplit,
    read: (tree, report) => {
      const read = unsplit.read(tree, report);
      return typeof read === 'string' ? splitCommand(tree, read, report) : read;
    },
  };
}

/** The same with the text left whole, for the one field whose text may be meant for a shell. */
export function commandOrText(): FieldType<string | readonly string[]> {
  return {
    words: 'command',
    range: '',
    schema,
    read: (tree, report) => {
      if (tree.is !== 'list') return readText(tree, report);
      const words = readList(tree.items, report);
      return words === undefined ? undefined : namingProgram(tree, words, report);
    },
    written: (tree) => {
      if (tree.is === 'list') return tree.items.map((item) => (item.is === 'scalar' ? item.text : ''));
      return isText(tree) ? tree.text : null;
    },
  };
}

/** Blanks part the words, quotes hold them together. */
export function splitCommand(tree: Tree, text: string, report: Report): readonly string[] | undefined {
  const open = openQuote(text);
  if (open === null) return namingProgram(tree, parseArguments(text), report);
  report(tree.place, {
    what: `the quote ${open} is not closed`,
    expected: '',
    hint: 'close it, or write the command as a list',
  });
  return undefined;
}

function readList(items: readonly Tree[], report: Report): string[] | undefined {
  const words = items.map((item) => {
    if (!isText(item))
      return wrong(
        item,
        'text',
        'text for each argument',
        isEmpty(item) ? 'write "" for an empty argument' : '',
        report,
      );
    return withoutNul(item, item.text, report);
  });
  return words.includes(undefined) ? undefined : (words as string[]);
}

function readText(tree: Tree, report: Report): string | undefined {
  if (!isText(tree)) return wrong(tree, 'command', expected, '', report);
  if (tree.text.trim() !== '') return withoutNul(tree, tree.text, report);
  return namingProgram(tree, '', report);
}

function namingProgram<Words extends string | readonly string[]>(
  tree: Tree,
  words: Words,
  report: Report,
): Words | undefined {
  if ((words[0] ?? '') !== '') return words;
  report(tree.place, { what: 'names no program', expected, hint: '' });
  return undefined;
}

function withoutNul(tree: Tree, text: string, report: Report): string | undefined {
  const trouble = textTrouble(text);
  if (trouble === null) return text;
  report(tree.place, { ...trouble, expected });
  return undefined;
}

/** The splitter takes an open quote to the end of the text in silence, so it is looked for here. */
function openQuote(text: string): string | null {
  let open: string | null = null;
  for (const character of text) {
    if (open === character) open = null;
    else if (open === null && (character === '"' || character === "'")) open = character;
  }
  return open;
}
