// Speaks to the service manager that started our own daemon, by the protocol of sd_notify(3).
import { sendDatagram } from '../../../native-bindings/linux/unix-socket.ts';
import type { ServiceNotifier } from '../system.ts';

/** Without NOTIFY_SOCKET nobody listens, and every call does nothing. The variables are taken out, so that children do not speak in our name. */
export function createServiceNotifier(environment: NodeJS.ProcessEnv): ServiceNotifier {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds, WATCHDOG_PID: watchdogPid } = environment;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete environment[name];
  const send = (text: string) => {
    if (socket !== undefined && socket !== '') sendDatagram(socket, text);
  };
  const isForUs = watchdogPid === undefined || watchdogPid === String(process.pid);
  const periodMs = isForUs ? Number(microseconds) / 1000 : Number.NaN;
  return {
    ready: (status) => send(`READY=1\nMAINPID=${process.pid}\nSTATUS=${status}`),
    status: (text) => send(`STATUS=${text}`),
    stopping: () => send('STOPPING=1'),
    watchdogIntervalMs: periodMs > 0 ? periodMs / 2 : null,
    watchdog: () => send('WATCHDOG=1'),
    // systemd asks by signals.
    listen: () => {},
  };
}
