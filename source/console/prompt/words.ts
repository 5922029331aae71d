/** One word of a command, without its quotation marks. */
export interface Word {
  readonly text: string;
  /** Where it begins in the line. */
  readonly at: number;
}

export interface Words {
  readonly done: readonly Word[];
  /** The word that is being typed: empty after a blank. */
  readonly last: Word;
  readonly isOpenQuote: boolean;
}

/** The line in words, as a shell would have them: blanks separate, quotation marks hold together. */
export function wordsOf(line: string): Words {
  const done: Word[] = [];
  let text = '';
  let at = line.length;
  let quote = '';
  let isWord = false;
  for (let index = 0; index < line.length; index++) {
    const letter = line[index] as string;
    if (quote === '' && letter === ' ') {
      if (isWord) done.push({ text, at });
      isWord = false;
      text = '';
      continue;
    }
    if (!isWord) at = index;
    isWord = true;
    if (quote !== '' && letter === quote) quote = '';
    else if (quote === '' && (letter === '"' || letter === "'")) quote = letter;
    else text += letter;
  }
  return { done, last: { text, at: isWord ? at : line.length }, isOpenQuote: quote !== '' };
}

/** As it must stand in the line to be read as one word. */
export function quotedWord(text: string): string {
  return /[ "']/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}
