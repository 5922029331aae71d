import { bootMoment } from '../../../native-bindings/windows/boot-moment.ts';
import { awakeMs } from '../../../native-bindings/windows/interrupt-time.ts';
import type { Clock } from '../../ports/clock.ts';

/** The clocks of this machine. The monotonic one stands still while it sleeps, as that of Linux does. */
export function createClock(): Clock {
  const bootId = String(bootMoment());
  return {
    now: () => ({ monoMs: awakeMs(), wallMs: Date.now() }),
    bootId: () => bootId,
  };
}
