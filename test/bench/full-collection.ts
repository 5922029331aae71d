import { setImmediate as turn } from 'node:timers/promises';
import { collectGarbage } from '../../source/platform/collect-garbage.ts';
import { pause } from './daemon.ts';

/** What waits for a timer is done first; then twice, for what only finalizers let go. */
export async function collectAll(): Promise<void> {
  await pause(200);
  collectGarbage();
  await turn();
  collectGarbage();
}
