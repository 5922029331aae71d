import { writeSync } from 'node:fs';
import { consoleEvent, sendConsoleEvent } from '../../../native-bindings/windows/console-event.ts';

/** What the helper does: the event's name, then pids. Each result on a line of its own. */
export function helpWithConsoleEvent([name = '', ...pids]: readonly string[]): void {
  const event = consoleEvent[name as keyof typeof consoleEvent];
  if (event === undefined) return;
  for (const pid of pids) writeSync(1, `${sendConsoleEvent(Number(pid), event)}\n`);
}
