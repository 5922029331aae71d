// Windows gives a program one line, and the C runtime of each program cuts it into words again: pure, and so tested anywhere.

/**
 * The line from which the C runtime makes these words again ("Parsing C command-line arguments", learn.microsoft.com): backslashes
 * are doubled where a quotation mark follows, and nowhere else. The program itself is read by another rule: it can hold no quotation mark.
 */
export function commandLine(words: readonly string[]): string {
  const [program = '', ...rest] = words;
  return [`"${program}"`, ...rest.map(quoted)].join(' ');
}

function quoted(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** What the C runtime (CommandLineToArgvW, since Windows Vista) makes of a line. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  if (line.startsWith('"')) {
    const end = line.indexOf('"', 1);
    words.push(line.slice(1, end < 0 ? undefined : end));
    at = end < 0 ? line.length : end + 1;
  } else if (line !== '') {
    at = line.search(/[ \t]|$/);
    words.push(line.slice(0, at));
  }
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (at >= line.length) return words;
    const word = readWord(line, at);
    words.push(word.text);
    at = word.end;
  }
}

function readWord(line: string, from: number): { readonly text: string; readonly end: number } {
  let text = '';
  let isQuoted = false;
  let at = from;
  while (at < line.length && (isQuoted || (line[at] !== ' ' && line[at] !== '\t'))) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    at += slashes;
    if (line[at] !== '"') {
      text += '\\'.repeat(slashes);
      if (slashes === 0) text += line[at++];
      continue;
    }
    text += '\\'.repeat(slashes >> 1);
    at++;
    if (slashes % 2 === 1) text += '"';
    // Two within quotation marks stand for one.
    else if (isQuoted && line[at] === '"') {
      text += '"';
      at++;
    } else isQuoted = !isQuoted;
  }
  return { text, end: at };
}
