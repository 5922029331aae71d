import { resolve } from 'node:path';
import type { RunningEngine } from '../../daemon/running-engine.ts';
import { startEngine } from '../../daemon/start-engine.ts';
import type { Context, Run } from '../context.ts';
import type { ExitStatus } from '../exit-status.ts';
import { tellRefusal } from '../start-refused.ts';
import { version } from '../version.ts';

export const run: Run = async (call, context) => {
  const { directory, outliveReaders } = context.surroundings;
  outliveReaders();
  const started = await startEngine({
    instance: context.places.instance,
    profiles: call.rest.map((path) => resolve(directory, path)),
    places: context.places,
    version: version(),
    language: context.language,
    report: (message) => context.tell(message),
  });
  if (!started.ok) return tellRefusal(started, context);
  obeySignals(started.engine, context);
  return (await started.engine.ended) as ExitStatus;
};

function obeySignals(engine: RunningEngine, context: Context): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Once: a second one, while the engine still hangs on its way out, ends the process as usual.
    process.once(signal, () => void engine.stop(signal));
  }
  process.on('SIGHUP', () => {
    const result = engine.reload('SIGHUP');
    if (!result.ok) context.tell(context.say('notReloaded', { count: result.problems.length }));
  });
}
