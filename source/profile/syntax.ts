import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Place, Report } from './problem.ts';

export interface SyntaxErrors {
  /** From this line on the text cannot be understood; what is found wrong there may be nothing but a consequence. */
  readonly cutLine: number;
  /** Lines with an error of their own. */
  readonly lines: ReadonlySet<number>;
}

/** Reports what is wrong with the text as YAML: of several errors in a line the first, since the others follow from it. */
export function syntaxErrors(
  document: Document,
  text: string,
  placeAt: (offset: number) => Place,
  report: Report,
): SyntaxErrors {
  const lines = new Set<number>();
  let cutLine = Number.POSITIVE_INFINITY;
  let toldTabs = false;
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const opened = errors.length === 0 ? nothingOpen : findOpened(document, text);
  for (const error of errors) {
    const { what, hint, offset } = explain(error, opened, text);
    const place = placeAt(offset);
    const isConsequence = lines.has(place.line) || placeAt(error.pos[0]).line > cutLine;
    lines.add(place.line);
    if (!isHarmless(error)) cutLine = Math.min(cutLine, place.line);
    const isTab = error.code === 'TAB_AS_INDENT';
    // A text indented with tabs has as many errors as lines, and one cure.
    if (!isConsequence && !(isTab && toldTabs)) report(place, { what, expected: '', hint });
    toldTabs ||= isTab;
  }
  return { cutLine, lines };
}

/** Passes on what is no mere consequence of the errors in this file's syntax. */
export function besidesSyntax(syntax: SyntaxErrors, file: string, report: Report): Report {
  return (place, trouble) => {
    const follows = place.file === file && (place.line >= syntax.cutLine || syntax.lines.has(place.line));
    if (!follows) report(place, trouble);
  };
}

/** Whether the rest of the text keeps its meaning. */
function isHarmless(error: YAMLError): boolean {
  if (isUnclosedBracket(error) || error.message.startsWith('Unexpected scalar at node end')) return true;
  const harmless = [
    'TAB_AS_INDENT',
    'BAD_DQ_ESCAPE',
    'BAD_SCALAR_START',
    'BLOCK_AS_IMPLICIT_KEY',
    'BLOCK_IN_FLOW',
    'TAG_RESOLVE_FAILED',
  ];
  return harmless.includes(error.code);
}

/** The library notices a missing quote or bracket where the text goes on; people look for where it was opened. */
function explain(error: YAMLError, opened: Opened, text: string): { what: string; hint: string; offset: number } {
  const at = error.pos[0];
  const start = isUnclosedBracket(error)
    ? opened.brackets.findLast((bracket) => bracket < at)
    : isUnclosedQuote(error)
      ? opened.quotes.get(at)
      : undefined;
  if (start !== undefined) return { what: `${text[start]} is not closed`, hint: '', offset: start };
  if (/call stack/.test(error.message)) return { what: 'is nested too deeply', hint: '', offset: at };
  return { what: error.message.replace(/; please use .*/, ''), hint: hints[error.code] ?? '', offset: at };
}

function isUnclosedBracket(error: YAMLError): boolean {
  return (
    /^Flow (sequence|map) in block collection must be/.test(error.message) ||
    /^Expected flow (sequence|map) to end with/.test(error.message)
  );
}

function isUnclosedQuote(error: YAMLError): boolean {
  return error.code === 'MISSING_CHAR' && error.message.includes('quote');
}

interface Opened {
  /** Where brackets and braces stand that are never closed. */
  readonly brackets: readonly number[];
  /** Where quotes begin, by where they end. */
  readonly quotes: ReadonlyMap<number, number>;
}

const nothingOpen: Opened = { brackets: [], quotes: new Map() };

function findOpened(document: Document, text: string): Opened {
  const brackets: number[] = [];
  const quotes = new Map<number, number>();
  visit(document, {
    Collection(_, node) {
      const [start, end] = node.range ?? [0, 0];
      if (isCollection(node) && node.flow === true && !/[\]}]/.test(text[end - 1] ?? '')) brackets.push(start);
    },
    Scalar(_, node) {
      if (isScalar(node) && node.range && /^QUOTE/.test(node.type ?? '')) quotes.set(node.range[1], node.range[0]);
    },
  });
  return { brackets: brackets.toSorted((a, b) => a - b), quotes };
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with blanks',
  BAD_INDENT: 'give all keys of a map the same number of blanks',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put a text with a colon in quotes, or indent the lines alike',
  MULTILINE_IMPLICIT_KEY: 'is a colon missing after a key?',
  MULTIPLE_DOCS: 'give each profile a file of its own',
  MISSING_CHAR: 'close the quote or the bracket',
  BAD_DQ_ESCAPE: 'write \\\\ for one \\, or use single quotes',
  TAG_RESOLVE_FAILED: 'take the tag out, or put the text in quotes',
  BLOCK_IN_FLOW: 'is a comma missing?',
};
