import { withEngine } from '../connect.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { CommandFailure } from '../failure.ts';

/** An engine that is asked writes its state and goes; longer means that it hangs. */
const patienceMs = 15_000;

export const run: Run = (call, context) =>
  withEngine(context, async (engine) => {
    const ended = new Promise<boolean>((done) => {
      engine.onClose(() => done(true));
      setTimeout(() => done(false), patienceMs).unref();
    });
    await engine.call('shutdown', {});
    if (!(await ended)) throw new CommandFailure(exitStatus.failed, 'notEnded', { seconds: patienceMs / 1000 });
    if (call.flags.json) context.printJson({ ended: true });
    else context.print(context.say('ended'));
    return exitStatus.done;
  });
