/** How the page is shared out between the timers and the process under the cursor. */
export interface StallAreas {
  readonly list: number;
  readonly foot: number;
}

/** The title, and the rule between the two. */
const FRAME_ROWS = 2;

/** Short lists leave room for more threads; a long one gets a little more than half. */
export function stallAreas(page: number, timers: number): StallAreas {
  const room = Math.max(2, page - FRAME_ROWS);
  const list = Math.max(1, Math.min(timers, Math.ceil(room * 0.55)));
  return { list, foot: room - list };
}
