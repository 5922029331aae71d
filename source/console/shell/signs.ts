/** Signs to the terminal beyond what it shows: heard, popped up, or put into the clipboard of whoever sits before it. */
export function bellSign(how: 'bell' | 'osc9', text: string): string {
  return how === 'bell' ? '\u0007' : `\u001b]9;${plain(text)}\u0007`;
}

/** OSC 52 reaches the clipboard also through ssh. */
export function clipboardSign(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}

/** Nothing in it may end the sequence early. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
