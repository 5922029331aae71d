// The windows of a process, where it has any: what a user would click on, and whether it still answers.
import { koffi } from '../load-koffi.ts';
import { systemLibrary } from './system-library.ts';

/** Loaded when first asked for: an engine that watches servers needs none of it. */
let library: ReturnType<typeof load> | null = null;

function load() {
  const user32 = systemLibrary('user32.dll');
  koffi.proto('int __stdcall EnumWindowsCallback(intptr_t window, intptr_t parameter)');
  return {
    enumWindows: user32.func('int __stdcall EnumWindows(EnumWindowsCallback *callback, intptr_t parameter)'),
    processOf: user32.func('uint32_t __stdcall GetWindowThreadProcessId(intptr_t window, void *pid)'),
    // The two last parameters are no part of it; see `querySystem` in process-list.ts: Wine hands this one on to a system call.
    post: user32.func(
      'int __stdcall PostMessageW(intptr_t window, uint32_t message, uintptr_t first, intptr_t second, intptr_t none, intptr_t nothing)',
    ),
    isVisible: user32.func('int __stdcall IsWindowVisible(intptr_t window)'),
    isHung: user32.func('int __stdcall IsHungAppWindow(intptr_t window)'),
  };
}

/** <winuser.h> */
const WM_CLOSE = 0x0010;

/** EnumWindows, <winuser.h>: the top-level windows of these processes on this desktop, by pid. A service sees none of those of users. */
function windowsOf(pids: ReadonlySet<number>): Map<number, number[]> {
  library ??= load();
  const { enumWindows, processOf } = library;
  const owner = Buffer.alloc(4);
  const found = new Map<number, number[]>();
  enumWindows((window: number) => {
    processOf(window, owner);
    const pid = owner.readUInt32LE(0);
    if (pids.has(pid)) found.set(pid, [...(found.get(pid) ?? []), window]);
    return 1;
  }, 0);
  return found;
}

/** PostMessageW with WM_CLOSE to each visible window, as a click on its cross does; how many there were. */
export function closeWindows(pid: number): number {
  const visible = (windowsOf(new Set([pid])).get(pid) ?? []).filter(
    (window) => (library?.isVisible(window) as number) !== 0,
  );
  for (const window of visible) library?.post(window, WM_CLOSE, 0, 0, 0, 0);
  return visible.length;
}

/**
 * IsHungAppWindow, <winuser.h>: of each process, whether a visible window of it has not asked for its messages for five seconds.
 * Who has no window is not among them.
 */
export function hungProcesses(pids: ReadonlySet<number>): ReadonlyMap<number, boolean> {
  const found = new Map<number, boolean>();
  for (const [pid, windows] of windowsOf(pids)) {
    const visible = windows.filter((window) => (library?.isVisible(window) as number) !== 0);
    if (visible.length > 0)
      found.set(
        pid,
        visible.some((window) => (library?.isHung(window) as number) !== 0),
      );
  }
  return found;
}
