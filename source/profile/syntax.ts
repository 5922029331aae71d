import type { YAMLError } from 'yaml';
import type { Place, Report } from './problem.ts';

export interface SyntaxErrors {
  /** From this line on the text cannot be understood; what is found wrong there may be nothing but a consequence. */
  readonly cutLine: number;
  /** Lines with an error of their own. */
  readonly lines: ReadonlySet<number>;
}

/** Reports what is wrong with the text as YAML: of several errors in a line the first, since the others follow from it. */
export function syntaxErrors(
  errors: readonly YAMLError[],
  placeAt: (offset: number) => Place,
  report: Report,
): SyntaxErrors {
  const lines = new Set<number>();
  let cutLine = Number.POSITIVE_INFINITY;
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const place = placeAt(error.pos[0]);
    if (lines.has(place.line) || place.line > cutLine) continue;
    lines.add(place.line);
    if (!isHarmless(error)) cutLine = place.line;
    report(place, { what: error.message.replace(/; please use .*/, ''), expected: '', hint: hintFor(error) });
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
  if (/^(Flow (sequence|map) in block|Unexpected scalar at node end)/.test(error.message)) return true;
  return [
    'TAB_AS_INDENT',
    'BAD_DQ_ESCAPE',
    'BAD_SCALAR_START',
    'BLOCK_AS_IMPLICIT_KEY',
    'BLOCK_IN_FLOW',
    'TAG_RESOLVE_FAILED',
    'DUPLICATE_KEY',
  ].includes(error.code);
}

function hintFor(error: YAMLError): string {
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
  return hints[error.code] ?? '';
}
