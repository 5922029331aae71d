// Reads just enough of TypeScript for the tidy rules: what is comment, what is text, what is imported.
import { posix } from 'node:path';

export interface Import {
  line: number;
  /** As written: './step.ts', 'yaml', 'node:fs'. */
  specifier: string;
  /** For a path, the file from the project's folder; for a package its name, without a path inside it. */
  target: string;
  isPackage: boolean;
  isTypeOnly: boolean;
  /** import('...'), so that the file is loaded only when it is needed. */
  isDynamic: boolean;
}

// Order matters: a comment sign inside a string is text. A template's ${} parts count as text, which hides little.
const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The code with its comments blanked out, every line in its place. */
function withoutComments(text: string): string {
  return text.replace(token, (found) => (found.startsWith('/') ? blank(found) : found));
}

/** The code with comments blanked out and strings emptied, every line in its place. */
export function withoutText(text: string): string {
  return text.replace(token, (found) =>
    found.startsWith('/') ? blank(found) : found.slice(0, 1) + blank(found.slice(1, -1)) + found.slice(-1),
  );
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

const importForms: { pattern: RegExp; isDynamic: boolean }[] = [
  { pattern: /(?<=^|\n)\s*(?:import|export)\s(?<what>[^'"`;]*?)from\s*['"](?<from>[^'"]+)['"]/g, isDynamic: false },
  { pattern: /(?<=^|\n)\s*import\s*['"](?<from>[^'"]+)['"]/g, isDynamic: false },
  { pattern: /(?<type>\btypeof\s+)?\bimport\(\s*['"](?<from>[^'"]+)['"]\s*\)/g, isDynamic: true },
  {
    pattern: /\b(?:require|createRequire\([^()]*(?:\([^()]*\))?[^()]*\))\(\s*['"](?<from>[^'"]+)['"]\s*\)/g,
    isDynamic: true,
  },
];

export function importsOf(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const imports = importForms.flatMap(({ pattern, isDynamic }) =>
    [...code.matchAll(pattern)].map(({ index, 0: whole, groups }): Import => {
      const specifier = groups?.['from'] ?? '';
      const isPackage = !specifier.startsWith('.');
      return {
        line: lineAt(code, index + whole.length),
        specifier,
        target: isPackage ? packageName(specifier) : posix.join(posix.dirname(path), specifier),
        isPackage,
        isTypeOnly: /^type\s/.test(groups?.['what']?.trimStart() ?? '') || groups?.['type'] !== undefined,
        isDynamic,
      };
    }),
  );
  return imports.sort((a, b) => a.line - b.line);
}
