import { setFlagsFromString } from 'node:v8';

const busyPercent = 1;

/** In bytes of bytecode: what is longer is not optimized. The first is V8's own bound. */
const optimizeAll = '--max-optimized-bytecode-size=61440';
const optimizeNothing = '--max-optimized-bytecode-size=0';

/**
 * From now on V8's optimizing compiler, TurboFan, works only while the process uses more than a hundredth of a core, looked at every
 * `lookMs`. A daemon at rest does little, but does it so often that V8 would optimize it: that maps 5 MB of the compiler's code, and
 * leaves 2 MB behind, to save microseconds. V8's quicker compilers go on, and what is optimized already stays so.
 */
export function optimizeWhenBusy(lookMs = 10_000): void {
  setFlagsFromString(optimizeNothing);
  let isBusy = false;
  let before = { cpu: process.cpuUsage(), atMs: performance.now() };
  setInterval(() => {
    const { user, system } = process.cpuUsage(before.cpu);
    const percent = (user + system) / 10 / (performance.now() - before.atMs);
    before = { cpu: process.cpuUsage(), atMs: performance.now() };
    if (percent > busyPercent === isBusy) return;
    isBusy = !isBusy;
    setFlagsFromString(isBusy ? optimizeAll : optimizeNothing);
  }, lookMs).unref();
}
