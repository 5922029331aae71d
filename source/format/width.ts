import stringWidth from 'string-width';

const printableAscii = /^[ -~]*$/;

/** How many columns a text takes on a terminal: Japanese ones two a character. */
export function widthOf(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}
