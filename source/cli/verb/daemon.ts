import { resolve } from 'node:path';
import type { RunningEngine } from '../../daemon/running-engine.ts';
import { startEngine } from '../../daemon/start-engine.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import type { Severity } from '../../notices/severity.ts';
import type { Context, Run } from '../context.ts';
import type { ExitStatus } from '../exit-status.ts';
import { noticeTextLine } from '../notice-text.ts';
import { tellRefusal } from '../start-refused.ts';
import { outliveStraySignals } from '../stray-signals.ts';
import { version } from '../version.ts';

export const run: Run = async (call, context) => {
  const { directory, outliveReaders } = context.surroundings;
  outliveReaders();
  outliveStraySignals();
  const profiles = call.rest.map((path) => resolve(directory, path));
  const started = await startEngine({
    instance: context.places.instance,
    profiles,
    places: context.places,
    version: version(),
    language: context.language,
    report: (message) => context.tell(message),
    onNotice: (line) => tellNotice(line, profiles, context),
  });
  if (!started.ok) return tellRefusal(started, context);
  obeySignals(started.engine, context);
  return (await started.engine.ended) as ExitStatus;
};

/** Like other daemons in the foreground it says when it is at work, and what a person should know; the journal has the rest. */
function tellNotice(line: NoticeLine, profiles: readonly string[], context: Context): void {
  const { stderr } = context.surroundings;
  if (!stderr.isFollowed) return;
  if (line.id === 'engine.started') return context.tell(watching(line, profiles, context));
  if (isGrave[line.severity]) stderr.write(`${noticeTextLine(line, context.language, stderr.hasColours)}\n`);
}

const isGrave: Readonly<Record<Severity, boolean>> = {
  debug: false,
  info: false,
  warning: true,
  error: true,
  critical: true,
};

function watching({ parameters }: NoticeLine, profiles: readonly string[], context: Context): string {
  const { instance, profilesDirectory } = context.places;
  const from = profiles.length === 0 ? profilesDirectory : profiles.join(', ');
  const suffix = instance === 'default' ? '' : ` --instance ${instance}`;
  const processes = Number(parameters['processes']);
  return context.say('watches', {
    version: version(),
    instance,
    processes,
    profiles: from,
    command: `procsaver status${suffix}`,
  });
}

function obeySignals(engine: RunningEngine, context: Context): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // Once: a second one, while the engine still hangs on its way out, ends the process as usual.
    process.once(signal, () => void engine.stop(signal));
  }
  if (process.platform === 'win32') {
    // Ctrl-Break, and the window of its console is closed: Windows has no SIGTERM, and ends a process soon after the second.
    for (const signal of ['SIGBREAK', 'SIGHUP'] as const) process.once(signal, () => void engine.stop(signal));
    return;
  }
  process.on('SIGHUP', () => {
    const result = engine.reload('SIGHUP');
    if (!result.ok) context.tell(context.say('notReloaded', { count: result.problems.length }));
  });
}
