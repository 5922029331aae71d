import type { ColourDepth } from '../colour.ts';
import type { Size } from '../model.ts';

/** What the terminal can show. */
export interface Abilities {
  readonly hasUnicode: boolean;
  readonly hasColours: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** NO_COLOR and the locale decide; the kernel's own console has colours, but too few letters. */
export function abilitiesOf(environment: Environment, platform: string): Abilities {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  const isUtf8 = platform === 'win32' || /utf-?8/i.test(locale);
  return {
    hasUnicode: isUtf8 && environment['TERM'] !== 'linux',
    hasColours: !environment['NO_COLOR'] && environment['TERM'] !== 'dumb' && !environment['TERM']?.endsWith('-mono'),
  };
}

/** COLORTERM and TERM tell how many; a terminal that is not known has the sixteen that all have by now. */
export function colourDepthOf(environment: Environment, platform: string): ColourDepth {
  const term = environment['TERM'] ?? '';
  if (!abilitiesOf(environment, platform).hasColours || /^vt(100|102|220|320)/.test(term)) return 'none';
  if (/truecolor|24bit/.test(environment['COLORTERM'] ?? '') || /-direct$/.test(term)) return 'all';
  if (/-256color/.test(term)) return 256;
  return EIGHT_COLOURS.includes(term) ? 8 : 16;
}

const EIGHT_COLOURS = ['linux', 'screen', 'ansi', 'cygwin', 'xterm-color', 'xterm-8color', 'rxvt', 'putty'];

/** Writing the last cell of a Windows console scrolls it; one row stays free there. */
export function sizeOf(stdout: NodeJS.WriteStream, platform: string): Size {
  const rows = stdout.rows || 24;
  return { columns: stdout.columns || 80, rows: platform === 'win32' ? rows - 1 : rows };
}

/** The kernel ignores a stop where no shell could ever bring us back; then nothing tells us to go on. */
const NO_SHELL_MS = 300;

/**
 * Stops this process and all of its foreground job, as Ctrl-Z does elsewhere, and returns when a shell's `fg` has
 * brought it back. The terminal must have been given back before. Nobody may listen to SIGTSTP now: a listener would
 * take the place of the stop.
 */
export async function stopUntilContinued(): Promise<void> {
  await new Promise<void>((resume) => {
    const goOn = (): void => {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      resume();
    };
    const timer = setTimeout(goOn, NO_SHELL_MS);
    process.on('SIGCONT', goOn);
    process.kill(0, 'SIGTSTP');
  });
}
