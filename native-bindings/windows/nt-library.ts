import { koffi } from '../load-koffi.ts';

/** Always in memory already. */
export const ntdll = koffi.load('ntdll.dll');

/** <winternl.h> NT_SUCCESS: an NTSTATUS is signed, and what is not below zero is success. */
export function isSuccess(status: number): boolean {
  return status >= 0;
}

/** <ntstatus.h> */
export const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004 | 0;
