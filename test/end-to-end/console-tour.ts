// One operator's way through the console of the built program: what each check of the tour presses and sees.
import { glyph } from '../../source/console/theme.ts';
import { say, type TextKey } from '../../source/console/words/text.ts';
import type { Language } from '../../source/notices/notice.ts';
import type { Tmux } from './tmux.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

export interface TourLook {
  readonly columns: number;
  readonly rows: number;
  readonly language: Language;
  readonly ascii: boolean;
}

/** Keys by their names in tmux, where these differ from the table's. */
const TMUX_NAMES: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  enter: 'Enter',
  escape: 'Escape',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  'page-up': 'PPage',
  'page-down': 'NPage',
  ' ': 'Space',
};

export class Tour {
  readonly terminal: Tmux;
  readonly place: Workplace;
  readonly look: TourLook;
  /** Opens the console from the shell. */
  readonly open: () => Promise<void>;

  constructor(terminal: Tmux, place: Workplace, look: TourLook, open: () => Promise<void>) {
    this.terminal = terminal;
    this.place = place;
    this.look = look;
    this.open = open;
  }

  /** Keys by their names in the table. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const name = TMUX_NAMES[key] ?? (key.startsWith('ctrl-') ? `C-${key.slice('ctrl-'.length)}` : undefined);
      await (name === undefined ? this.terminal.type('-l', '--', key) : this.terminal.type(name));
    }
  }

  async sees(what: string | RegExp): Promise<string> {
    return this.terminal.shows(what);
  }

  async losesSight(what: string): Promise<string> {
    return this.until(`an end of ${what}`, (screen) => !screen.includes(what));
  }

  async until(what: string, holds: (screen: string) => boolean): Promise<string> {
    let latest = '';
    try {
      return await until(what, async () => {
        latest = await this.terminal.screen();
        return holds(latest) && latest;
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}; it showed\n${latest}`);
    }
  }

  /** A text of the console in the language of this tour; up to its first value, where none is given. */
  text(key: TextKey, values?: Readonly<Record<string, string | number>>): string {
    return say(this.look, key, values);
  }

  glyph(name: Parameters<typeof glyph>[0]): string {
    return glyph(name, this.look.ascii);
  }

  /** Where the cursor stands: the line of the screen and the first words in it; empty without a cursor. */
  cursorOf(screen: string): string {
    const sign = this.glyph('cursor');
    const lines = screen.split('\n');
    const at = lines.findIndex((line) => line.startsWith(`${sign} `) || line.startsWith(` ${sign} `));
    return at < 0 ? '' : `${at} ${lines[at]?.replace(sign, ' ').trim().split(/\s+/).slice(0, 3).join(' ')}`;
  }

  /** What stands below an open command line. */
  get promptSign(): string {
    return `Tab ${this.text('key-complete')}`;
  }

  /** Everything pressed before has been seen: keys are taken in their order, and this one opens the command line. */
  async settled(): Promise<string> {
    await this.press(':');
    await this.sees(this.promptSign);
    await this.press('escape');
    return this.losesSight(this.promptSign);
  }

  /** Back to the list without dialog, filter and marks, from wherever. */
  async home(): Promise<void> {
    // Other screens have columns too, but none of them below its header.
    const isHome = (screen: string): boolean =>
      screen.split('\n')[2]?.includes(this.text('column-name')) === true &&
      screen.includes(`q ${this.look.language === 'en' ? 'quit' : '終了'}`) &&
      !screen.split('\n')[0]?.includes(this.text('filter-is'));
    for (let step = 0; step < 8; step++) {
      const before = await this.terminal.screen();
      if (isHome(before)) return;
      await this.press('escape');
      // A key right after Esc would be one with Alt: the bar below tells when Esc was taken, the clock above would not.
      await until('an effect of Esc', async () => barOf(await this.terminal.screen()) !== barOf(before), 400).catch(
        () => {},
      );
    }
    throw new Error(`Esc does not lead back to the list; it showed\n${await this.terminal.screen()}`);
  }

  /** Puts the cursor of the list, or of the parameters, on the row of this name. */
  async toRow(name: string): Promise<void> {
    // Twice: one that comes right after an Esc is one with Alt, and is none.
    await this.press('g', 'g');
    let row = this.cursorOf(await this.settled());
    for (let step = 0; step < 40 && !row.includes(name); step++) {
      const before = row;
      await this.press('j');
      row = this.cursorOf(await this.until('the next row', (screen) => !['', before].includes(this.cursorOf(screen))));
    }
    if (!row.includes(name)) throw new Error(`there is no row ${name}; it showed\n${await this.terminal.screen()}`);
  }
}

function barOf(screen: string): string {
  return screen.trimEnd().split('\n').at(-1) ?? '';
}
