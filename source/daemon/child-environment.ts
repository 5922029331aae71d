/** What systemd gave the engine for itself; a child that took it for its own would answer in the engine's name. */
const privateNames = new Set([
  'NOTIFY_SOCKET',
  'WATCHDOG_USEC',
  'WATCHDOG_PID',
  'LISTEN_FDS',
  'LISTEN_PID',
  'INVOCATION_ID',
  'JOURNAL_STREAM',
  // Of an engine that is itself the child of another one.
  'PROCSAVER_LAUNCH',
  'PROCSAVER_PROCESS',
  'PROCSAVER_SLOT',
]);

/** The engine's environment as its children inherit it. */
export function childEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !privateNames.has(name)) inherited[name] = value;
  }
  return inherited;
}
