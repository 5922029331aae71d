import { run } from './program.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

/** A terminal of its own: a shell in tmux, whose screen the test can read. It ends with its workplace, whose name its socket bears. */
export class Tmux {
  readonly #place: Workplace;

  private constructor(place: Workplace) {
    this.#place = place;
  }

  static async open(place: Workplace, size: { readonly columns: number; readonly rows: number }): Promise<Tmux> {
    const terminal = new Tmux(place);
    await terminal.#tmux('new-session', '-d', '-x', `${size.columns}`, '-y', `${size.rows}`, 'sh');
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
