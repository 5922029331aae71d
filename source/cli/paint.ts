/** What a piece of text is to the reader; the words say the same without colour. */
export type Tone = 'plain' | 'dim' | 'bright' | 'good' | 'busy' | 'warning' | 'stalled' | 'fatal';

/** Only the sixteen colours that each terminal's user has chosen the shades of. */
const colours: Readonly<Record<Tone, string>> = {
  plain: '',
  dim: '2',
  bright: '1',
  good: '32',
  busy: '36',
  warning: '33',
  stalled: '35',
  fatal: '1;31',
};

export function paint(text: string, tone: Tone, hasColours: boolean): string {
  return hasColours && colours[tone] !== '' ? `\u001b[${colours[tone]}m${text}\u001b[0m` : text;
}
