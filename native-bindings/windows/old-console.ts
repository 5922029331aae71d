import { koffi } from '../load-koffi.ts';

/**
 * uv_tty_set_vterm_state, <uv.h>, which the executable itself exports: Node draws by calls of the old console instead of handing its
 * sequences on. For a console that says that it knows them, and does not.
 */
export function drawByOldConsole(): void {
  const UV_TTY_UNSUPPORTED = 1;
  const setState = koffi.load(null).func('void uv_tty_set_vterm_state(int state)');
  setState(UV_TTY_UNSUPPORTED);
}
