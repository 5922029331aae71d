// How files are named and how long they may be.
import { basename } from 'node:path/posix';
import { isCode, type Rule } from '../sources.ts';

const wall = 300;
/** A file that must be longer says why in its first line: `// Long because ...` (or, for a table, `// Long: ...`). */
const reason = /^(\/\/|\/\*\*?) Long(:| because) /;

export const filesAreShort: Rule = (sources) =>
  [...sources]
    .filter(([path, text]) => isCode(path) && !reason.test(text))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > wall)
    .map(
      ({ path, lines }) =>
        `${path} has ${lines} lines, more than ${wall}: what question does it answer, is it two? If it must be, say so in its first line: // Long because ...`,
    );

const vague = /^(utils?|helpers?|common|shared|misc|types|index|constants)\.(ts|tsx|mjs|js)$/;

export const namesSayWhatIsInside: Rule = (sources) =>
  [...sources.keys()]
    .filter((path) => isCode(path) && (vague.test(basename(path)) || /\/(utils?|helpers?|common)\//.test(path)))
    .map((path) => `${path}: the name does not say what the file is for`);
