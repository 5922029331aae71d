// Layouts of the structs of <winsvc.h>, on 64 bits. This file loads no library; a test compares every number with what a C compiler says.

/** SERVICE_STATUS */
export const serviceStatus = {
  size: 28,
  type: 0,
  state: 4,
  controls: 8,
  exitCode: 12,
  specificExitCode: 16,
  checkpoint: 20,
  waitHint: 24,
} as const;

/** SERVICE_STATUS_PROCESS: begins as SERVICE_STATUS does. */
export const serviceStatusProcess = {
  size: 36,
  state: 4,
  exitCode: 12,
  specificExitCode: 16,
  waitHint: 24,
  pid: 28,
} as const;

/** ENUM_SERVICE_STATUSW */
export const dependentService = { size: 48, name: 0, state: 20 } as const;

/** QUERY_SERVICE_CONFIGW */
export const serviceConfiguration = { size: 64, startType: 4, command: 16, account: 48 } as const;

/** SERVICE_TABLE_ENTRYW */
export const serviceTableEntry = { size: 16, name: 0, main: 8 } as const;

/** SERVICE_FAILURE_ACTIONSW, and SC_ACTION */
export const failureActions = { size: 40, resetSeconds: 0, count: 24, actions: 32 } as const;
export const failureAction = { size: 8, kind: 0, delayMs: 4 } as const;
