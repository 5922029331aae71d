import { kernel32 } from './system-library.ts';

/**
 * Result of a native call: zero or more is success (often a handle), less is -GetLastError(), see <winerror.h>.
 * An operating error is a value here; nothing in this folder throws one.
 */
export type Result = number;

const getLastError = kernel32.func('uint32_t __stdcall GetLastError()');

/** Read at once after a call that failed, and never else: between two calls others may have set it anew. */
export function lastError(): Result {
  // A call that failed without saying why has failed all the same.
  return -((getLastError() as number) || errorCode.ERROR_GEN_FAILURE);
}

/** Of a call that answers TRUE or FALSE. */
export function checked(isDone: number): Result {
  return isDone === 0 ? lastError() : 0;
}

/** <winerror.h>, as far as callers decide by it. */
export const errorCode = {
  ERROR_FILE_NOT_FOUND: 2,
  ERROR_PATH_NOT_FOUND: 3,
  ERROR_ACCESS_DENIED: 5,
  ERROR_INVALID_HANDLE: 6,
  ERROR_NOT_ENOUGH_MEMORY: 8,
  ERROR_GEN_FAILURE: 31,
  ERROR_SHARING_VIOLATION: 32,
  ERROR_LOCK_VIOLATION: 33,
  ERROR_INVALID_PARAMETER: 87,
  ERROR_BAD_EXE_FORMAT: 193,
  ERROR_FILENAME_EXCED_RANGE: 206,
  ERROR_DIRECTORY: 267,
  ERROR_PARTIAL_COPY: 299,
  ERROR_PIPE_CONNECTED: 535,
  ERROR_ELEVATION_REQUIRED: 740,
  ERROR_IO_PENDING: 997,
} as const;
