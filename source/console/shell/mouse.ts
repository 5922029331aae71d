/** What the mouse did, at a cell of the screen: its upper left one is 0, 0. */
export interface MouseEvent {
  readonly did: 'click' | 'wheel-up' | 'wheel-down';
  readonly column: number;
  readonly row: number;
}

/** Buttons alone (1000), told with coordinates of any size (1006). Moving the mouse sends nothing. */
const ON = '\u001b[?1000h\u001b[?1006h';
const OFF = '\u001b[?1006l\u001b[?1000l';

const DID: Readonly<Record<number, MouseEvent['did']>> = { 0: 'click', 64: 'wheel-up', 65: 'wheel-down' };
/** Shift, Alt and Ctrl change nothing for us. */
const MODIFIERS = 0b11100;

/** What the terminal says of the mouse, as Ink hands it on without its escape; undefined: it is something else. */
export function mouseEvent(input: string): MouseEvent | null | undefined {
  const [, button, column, row, end] = /^\[<(\d+);(\d+);(\d+)([Mm])$/.exec(input) ?? [];
  if (button === undefined) return undefined;
  const did = DID[Number(button) & ~MODIFIERS];
  // That a button was let go, and other buttons, mean nothing.
  if (did === undefined || end === 'm') return null;
  return { did, column: Number(column) - 1, row: Number(row) - 1 };
}

export interface Mouse {
  turn(isOn: boolean): void;
  /** Given back while something else has the terminal. */
  away(during: () => Promise<void>): Promise<void>;
  close(): void;
}

/** The terminal's mouse, given back on every way out, also when nobody asked. */
export function startMouse(write: (text: string) => void): Mouse {
  let isOn = false;
  const off = (): void => {
    if (isOn) write(OFF);
    isOn = false;
  };
  const on = (): void => {
    if (!isOn) write(ON);
    isOn = true;
  };
  process.on('exit', off);
  return {
    turn: (wanted) => (wanted ? on() : off()),
    away: async (during) => {
      const was = isOn;
      off();
      await during();
      if (was) on();
    },
    close: () => {
      off();
      process.off('exit', off);
    },
  };
}
