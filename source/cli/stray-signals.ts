/** Signals that mean nothing to the engine: by themselves they would end it, and nobody would watch. */
export function outliveStraySignals(): void {
  for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) process.on(signal, () => {});
}
