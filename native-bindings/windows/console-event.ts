// Sends Ctrl-C to the console of another process. Whoever calls this leaves his own console for it: only a helper may.
import { checked, type Result } from './result.ts';
import { kernel32 } from './system-library.ts';

const freeConsole = kernel32.func('int __stdcall FreeConsole()');
const attachConsole = kernel32.func('int __stdcall AttachConsole(uint32_t pid)');
const setHandler = kernel32.func('int __stdcall SetConsoleCtrlHandler(void *handler, int isAdded)');
const generateEvent = kernel32.func('int __stdcall GenerateConsoleCtrlEvent(uint32_t event, uint32_t group)');

/** <wincon.h> */
export const consoleEvent = { CTRL_C: 0, CTRL_BREAK: 1 } as const;

/**
 * AttachConsole and GenerateConsoleCtrlEvent, <consoleapi.h>: to every process of the console that this one has.
 * -error: INVALID_HANDLE it has no console · INVALID_PARAMETER it has ended · ACCESS_DENIED another user's.
 */
export function sendConsoleEvent(pid: number, event: number): Result {
  freeConsole();
  const attached = checked(attachConsole(pid) as number);
  if (attached < 0) return attached;
  // Of Ctrl-C this process itself hears nothing from here on; a Ctrl-Break ends it, and then it has done its work.
  setHandler(null, 1);
  return checked(generateEvent(event, 0) as number);
}
