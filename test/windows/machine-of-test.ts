import { onTestFinished } from 'vitest';
import { WindowsMachine } from './windows-machine.ts';

/** A Windows that is there when this returns, and gone when the test ends, however it ends. */
export function machineOfTest(): WindowsMachine {
  const machine = new WindowsMachine();
  onTestFinished(() => machine.cleanUp());
  machine.boot();
  return machine;
}
