import { constants } from 'node:os';

/** How a process ended. */
export type ExitStatus = { readonly code: number } | { readonly signal: string; readonly core: boolean };

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number as number, name]));
// Node's table lists two names for some numbers; these are the ones people know.
for (const name of ['SIGABRT', 'SIGIO', 'SIGCHLD'] as const) signalNames.set(constants.signals[name], name);

/** Real-time signals have no names of their own: 34 is SIGRTMIN in the C library's counting. */
export function signalName(number: number): string {
  return (
    signalNames.get(number) ??
    (number === 34 ? 'SIGRTMIN' : number > 34 ? `SIGRTMIN+${number - 34}` : `signal ${number}`)
  );
}

/** Decodes the status word of <sys/wait.h>, as /proc/PID/stat and PIDFD_GET_INFO give it. */
export function decodeWaitStatus(word: number): ExitStatus {
  const signal = word & 0x7f;
  return signal === 0 ? { code: (word >> 8) & 0xff } : { signal: signalName(signal), core: (word & 0x80) !== 0 };
}
