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

/** What is pasted may look like anything. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins it
const PASTE = /\u001b\[200~[\s\S]*?(?:\u001b\[201~|$)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins it
const EVENT = /\u001b\[<(\d+);(\d+);(\d+)([Mm])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins it
const BEGUN = /\u001b(?:\[(?:<[\d;]{0,20})?)?$/;

/** What the terminal says of the mouse amid what was typed. `rest`: the beginning of what has not come whole. */
export function mouseEvents(input: string): { readonly events: readonly MouseEvent[]; readonly rest: string } {
  const typed = input.replaceAll(PASTE, '');
  const events = [...typed.matchAll(EVENT)].flatMap(([, button, column, row, end]): MouseEvent[] => {
    const did = DID[Number(button) & ~MODIFIERS];
    // That a button was let go, and other buttons, mean nothing.
    return did === undefined || end === 'm' ? [] : [{ did, column: Number(column) - 1, row: Number(row) - 1 }];
  });
  return { events, rest: BEGUN.exec(typed)?.[0] ?? '' };
}

/**
 * Ink drops what is no key. So what it reads is looked at on its way: a second reader of the same stream would change
 * when Ink is given anything at all. Returns how to end that.
 */
export function listenToMouse(stdin: NodeJS.ReadStream, onEvent: (event: MouseEvent) => void): () => void {
  const read = stdin.read;
  let rest = '';
  stdin.read = (size?: number): unknown => {
    const chunk: unknown = read.call(stdin, size);
    if (chunk === null) return chunk;
    const found = mouseEvents(rest + String(chunk));
    rest = found.rest;
    // Ink comes first: the letters before a click are typed before it.
    if (found.events.length > 0) queueMicrotask(() => found.events.forEach(onEvent));
    return chunk;
  };
  return () => {
    stdin.read = read;
  };
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
