import { checked } from './result.ts';
import { kernel32 } from './system-library.ts';

const checkDebugger = kernel32.func('int __stdcall CheckRemoteDebuggerPresent(intptr_t process, void *isPresent)');

/** CheckRemoteDebuggerPresent, <debugapi.h>: a debugger is attached to it. Needs QUERY_INFORMATION. */
export function isDebugged(process: number): boolean {
  const isPresent = Buffer.alloc(4);
  return checked(checkDebugger(process, isPresent) as number) >= 0 && isPresent.readUInt32LE(0) !== 0;
}
