import { writeFileSync } from 'node:fs';
import { run } from './program.ts';
import { until } from './until.ts';

/** Where a terminal belongs: its folder, which its shell starts in, and its environment. */
export interface TerminalPlace {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  path(...names: string[]): string;
}

/** A terminal of its own: a shell in tmux, whose screen the test can read. It ends with its workplace, whose name its socket bears. */
export class Tmux {
  readonly #place: TerminalPlace;

  private constructor(place: TerminalPlace) {
    this.#place = place;
  }

  static async open(place: TerminalPlace, size: { readonly columns: number; readonly rows: number }): Promise<Tmux> {
    const terminal = new Tmux(place);
    await terminal.#tmux('new-session', '-d', '-x', `${size.columns}`, '-y', `${size.rows}`, 'sh');
    // Otherwise tmux keeps from its clipboard what a program sends there.
    await terminal.#tmux('set-option', '-s', 'set-clipboard', 'on');
    await terminal.shows(/^[#$]$/m);
    await terminal.type("PS1='ready> '", 'Enter');
    await terminal.shows(/^ready>$/m);
    return terminal;
  }

  /** Keys by their names in tmux (`Enter`, `Down`), or text. */
  async type(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  async screen(): Promise<string> {
    return this.#tmux('capture-pane', '-p');
  }

  /** Awaits the screen that has this on it, and returns it. */
  async shows(what: string | RegExp): Promise<string> {
    let latest = '';
    try {
      return await until(`${what} on the screen`, async () => {
        latest = await this.screen();
        return (typeof what === 'string' ? latest.includes(what) : what.test(latest)) && latest;
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}; it showed\n${latest}`);
    }
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** What a program may have changed of the terminal beyond its text. */
  async modes(): Promise<string> {
    return this.#tmux(
      'display-message',
      '-p',
      '#{alternate_on} #{cursor_flag} #{keypad_cursor_flag} #{mouse_any_flag} #{insert_flag} #{wrap_flag}',
    );
  }

  /** Pastes a file as a terminal does: between brackets, where the program has asked for them. */
  async paste(file: string): Promise<void> {
    await this.#tmux('load-buffer', file);
    await this.#tmux('paste-buffer', '-p', '-d');
  }

  /** What programs have put into the clipboard last (OSC 52); empty where nothing was. */
  async clipboard(): Promise<string> {
    return this.#tmux('show-buffer').catch(() => '');
  }

  /** Something else writes on the terminal, as a message of the system does; the cursor is where it was. */
  async disturb(text: string): Promise<void> {
    const tty = (await this.#tmux('display-message', '-p', '#{pane_tty}')).trim();
    writeFileSync(tty, `\u001b7\u001b[9;3H${text}\u001b8`);
  }

  /** As when a window is closed or a connection breaks: whatever runs in it is hung up. */
  async close(): Promise<void> {
    await this.#tmux('kill-server');
  }

  async #tmux(...words: string[]): Promise<string> {
    const command = ['tmux', '-S', this.#place.path('tmux.sock'), '-f', '/dev/null', ...words];
    const { status, stdout, stderr } = await run(command, this.#place);
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }
}
