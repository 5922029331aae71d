// What an exit code of Windows says. Pure.
import type { Exit } from '../../ports/instance.ts';

/** **The table** of codes by which Windows itself ends a process, see <ntstatus.h>; a person searches the web for these words. */
const names: Readonly<Record<number, string>> = {
  1073807364: 'DBG_TERMINATE_PROCESS',
  2147483651: 'BREAKPOINT',
  3221225477: 'ACCESS_VIOLATION',
  3221225478: 'IN_PAGE_ERROR',
  3221225480: 'INVALID_HANDLE',
  3221225495: 'NO_MEMORY',
  3221225501: 'ILLEGAL_INSTRUCTION',
  3221225620: 'INTEGER_DIVIDE_BY_ZERO',
  3221225725: 'STACK_OVERFLOW',
  3221225781: 'DLL_NOT_FOUND',
  3221225785: 'ENTRYPOINT_NOT_FOUND',
  3221225786: 'CONTROL_C_EXIT',
  3221225794: 'DLL_INIT_FAILED',
  3221226356: 'HEAP_CORRUPTION',
  3221226505: 'STACK_BUFFER_OVERRUN',
  3221226528: 'ASSERTION_FAILURE',
  3228369022: 'DELAYED_DLL_NOT_FOUND',
  3762504530: 'CLR_EXCEPTION',
  3765269347: 'CPP_EXCEPTION',
};

/** What an NTSTATUS of severity error begins with, of Windows or of an application's own. */
const isFatalStatus = (code: number): boolean => code >>> 28 === 0xc || code >>> 28 === 0xe;

/** The exit code as Windows keeps it, without sign: a crash becomes a name, a program's own `exit(-1)` becomes -1 again. */
export function exitOf(code: number): Exit {
  const name = names[code];
  if (name !== undefined) return { signal: name, core: false };
  if (isFatalStatus(code)) return { signal: `0x${code.toString(16).toUpperCase()}`, core: false };
  return { code: code > 0x7fff_ffff ? code - 0x1_0000_0000 : code };
}
