import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EngineClient } from '../../control/engine-client.ts';
import { NoEngine } from '../../control/failure.ts';
import type { RunningEngine } from '../../daemon/running-engine.ts';
import { connectInstance } from '../connect.ts';
import type { Call, Context, Run } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { CommandFailure, wrongUsage } from '../failure.ts';
import { startInBackground } from '../hand-over.ts';
import { tellRefusal } from '../start-refused.ts';
import { outliveStraySignals } from '../stray-signals.ts';
import { version } from '../version.ts';

/** Only here, and only when it is called, are the screen and the engine loaded: no command carries them. */
const loadConsole = async () => {
  if (process.platform === 'win32') (await import('../../platform/windows/wine-console.ts')).drawForWine(process.env);
  return import('../../console/open.tsx');
};
const loadEngine = () => import('../../daemon/start-engine.ts');

export const run: Run = async (call, context) => {
  const { surroundings, places } = context;
  if (!surroundings.isInteractive) throw wrongUsage('noTerminal');
  const profiles = call.rest.map((path) => resolve(surroundings.directory, path));
  const running = await connectInstance(places).catch((error: unknown) => {
    if (error instanceof NoEngine) return null;
    throw error;
  });
  return running === null ? embedded(profiles, call, context) : attached(running, profiles, call, context);
};

/** On the engine that runs already. */
async function attached(
  engine: EngineClient,
  profiles: readonly string[],
  call: Call,
  context: Context,
): Promise<ExitStatus> {
  try {
    await refuseOtherProfiles(engine, profiles, context);
    await open(engine, false, call, context);
  } finally {
    engine.close();
  }
  // It may have ended while the console was open: then nobody watches on.
  const isThere = await connectInstance(context.places).then(
    (again) => {
      again.close();
      return true;
    },
    () => false,
  );
  context.print(context.say(isThere ? 'watchesOnWithout' : 'noneWatches', { console: ownWord(context) }));
  return exitStatus.done;
}

/** Whoever names a profile wants to see that one; another engine's screen would deceive him. */
async function refuseOtherProfiles(
  engine: EngineClient,
  profiles: readonly string[],
  { places }: Context,
): Promise<void> {
  if (profiles.length === 0) return;
  const { profiles: running } = (await engine.call('status', { target: null })).engine;
  const watched = running.map(real);
  const other = profiles.find(
    (profile) => !watched.some((file) => file === real(profile) || file.startsWith(`${real(profile)}/`)),
  );
  if (other === undefined) return;
  throw wrongUsage('otherProfiles', { instance: places.instance, profile: other, running: running.join(', ') || '-' });
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** With an engine of its own in this process, reached over its socket like any other: one way for both. */
async function embedded(profiles: readonly string[], call: Call, context: Context): Promise<ExitStatus> {
  const { startEngine } = await loadEngine();
  const reports: string[] = [];
  const { places, language } = context;
  // A terminal that is closed may tell so more than once, and the hand-over to the background must come to its end.
  context.surroundings.outliveReaders();
  process.on('SIGHUP', () => {});
  outliveStraySignals();
  const started = await startEngine({
    instance: places.instance,
    profiles,
    places,
    version: version(),
    language,
    // The screen is the console's as long as it is open.
    report: (message) => keepLast(reports, message),
  });
  if (!started.ok) return tellRefusal(started, context);
  let hasEnded = false;
  void started.engine.ended.then(() => {
    hasEnded = true;
  });
  try {
    const engine = await connectInstance(places);
    const leaving = await open(engine, true, call, context);
    engine.close();
    for (const message of reports) context.tell(message);
    // What somebody has ended meanwhile, or what gave up, is not begun again behind his back.
    if (hasEnded) return await leave('stop-watching', started.engine, profiles, context);
    const status = await leave(leaving, started.engine, profiles, context);
    if (leaving !== 'keep-watching') context.print(context.say('watchesNoMore'));
    return status;
  } finally {
    await started.engine.stop('the console was left');
  }
}

async function leave(
  leaving: Leaving,
  engine: RunningEngine,
  profiles: readonly string[],
  context: Context,
): Promise<ExitStatus> {
  if (leaving !== 'keep-watching') {
    await engine.stop('the console was left');
    return (await engine.ended) as ExitStatus;
  }
  await engine.stop('handed over to the background');
  const { places, language, surroundings } = context;
  const word = ownWord(context);
  const next = await startInBackground(places, profiles, { directory: surroundings.directory, language });
  if (!next.ok) {
    if (next.said !== '') surroundings.stderr.write(`${next.said}\n`);
    throw new CommandFailure(exitStatus.failed, 'handOverFailed', { path: next.logFile });
  }
  context.print(
    context.say('watchesOn', {
      pid: next.pid,
      console: word,
      shutdown: word.replace('procsaver', 'procsaver shutdown'),
    }),
  );
  return exitStatus.done;
}

/** What one types to come back. */
function ownWord({ places: { instance } }: Context): string {
  return instance === 'default' ? 'procsaver' : `procsaver --instance ${instance}`;
}

type Leaving = Awaited<ReturnType<Awaited<ReturnType<typeof loadConsole>>['openConsole']>>;

async function open(engine: EngineClient, isEmbedded: boolean, { flags }: Call, context: Context): Promise<Leaving> {
  const { places, language } = context;
  const { openConsole } = await loadConsole();
  return openConsole({
    engine,
    connect: () => connectInstance(places),
    embedded: isEmbedded,
    language,
    isLanguageAsked: flags.lang !== undefined,
    exportIncident: async (number) => {
      const { exportHere } = await import('../evidence/export.ts');
      try {
        return (await exportHere(String(number), undefined, context)).file;
      } catch (error) {
        throw error instanceof CommandFailure ? new Error(context.say(error.id, error.values)) : error;
      }
    },
  });
}

/** So many reports of the engine are told after the screen has closed. */
const mostReports = 50;

function keepLast(reports: string[], message: string): void {
  reports.push(message);
  if (reports.length > mostReports) reports.shift();
}
