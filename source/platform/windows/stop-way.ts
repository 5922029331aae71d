// What a signal of a profile means on Windows, which has none. Pure.

/** `gentle`: its windows are closed, and where it has none its console is sent Ctrl-C. */
export type StopWay = 'gentle' | 'CTRL_C' | 'CTRL_BREAK' | 'WM_CLOSE' | 'kill';

/** **The table**: by the words of `stop.signal`. */
const ways: Readonly<Record<string, StopWay>> = {
  SIGTERM: 'gentle',
  SIGINT: 'CTRL_C',
  SIGKILL: 'kill',
  CTRL_C: 'CTRL_C',
  CTRL_BREAK: 'CTRL_BREAK',
  WM_CLOSE: 'WM_CLOSE',
};

/** Null: Windows has nothing like it. */
export function stopWayOf(signal: string): StopWay | null {
  return Object.hasOwn(ways, signal) ? (ways[signal] ?? null) : null;
}
