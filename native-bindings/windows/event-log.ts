import { koffi } from '../load-koffi.ts';
import { lastError, type Result } from './result.ts';
import { systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const registerSource = advapi32.func('intptr_t __stdcall RegisterEventSourceW(void *server, str16 source)');
const report = advapi32.func(
  'int __stdcall ReportEventW(intptr_t log, uint16_t type, uint16_t category, uint32_t id, void *user, uint16_t count, uint32_t bytes, void *strings, void *data)',
);
const deregister = advapi32.func('int __stdcall DeregisterEventSource(intptr_t log)');

/** <winnt.h> */
export const eventType = { ERROR: 1, WARNING: 2, INFORMATION: 4 } as const;

/** <winbase.h>: Windows takes no longer text in one event. */
const longestText = 31_839;

/** RegisterEventSourceW, of this machine. A handle to close, or -error: ACCESS_DENIED · RPC_S_SERVER_UNAVAILABLE. */
export function openEventLog(source: string): Result {
  const handle = registerSource(null, source) as number;
  return handle === 0 ? lastError() : handle;
}

/**
 * ReportEventW with one text, on a thread of the pool: the service of the log may hang. Why it failed only that thread could say:
 * INVALID_HANDLE · LOG_FILE_FULL · RPC_S_SERVER_UNAVAILABLE.
 */
export function reportEvent(
  log: number,
  event: { readonly type: number; readonly id: number; readonly text: string },
  done: (isTaken: boolean) => void,
): void {
  const text = Buffer.from(`${event.text.slice(0, longestText)}\0`, 'utf16le');
  const strings = Buffer.alloc(8);
  strings.writeBigUInt64LE(koffi.address(text));
  report.async(log, event.type, 0, event.id, null, 1, 0, strings, null, (_error: unknown, isDone: number) => {
    // Held until here, for `strings` points to it.
    void text.length;
    done(isDone !== 0);
  });
}

/** DeregisterEventSource. */
export function closeEventLog(log: number): void {
  deregister(log);
}
