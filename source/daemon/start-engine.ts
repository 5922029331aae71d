import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPipe } from '../control/windows-address.ts';
import { openFileGuard, openSystem } from '../platform/open-system.ts';
import { formatProblem } from '../profile/problem.ts';
import { Engine } from './engine.ts';
import { loadProfiles } from './profile-files.ts';
import type { EngineOptions, RunningEngine } from './running-engine.ts';

export type StartResult =
  | { readonly ok: true; readonly engine: RunningEngine }
  | { readonly ok: false; readonly status: number; readonly messages: readonly string[] };

const failed = 1;
const badProfile = 4;

/** Starts the engine of an instance: its profile is in force and its socket answers when this resolves. */
export async function startEngine(options: EngineOptions): Promise<StartResult> {
  const [system, guard] = await Promise.all([openSystem(), openFileGuard()]);
  const unsupported = system.whyUnsupported();
  if (unsupported !== null) return { ok: false, status: failed, messages: [unsupported] };
  const { places } = options;
  const runtimeDirectory = isPipe(places.controlSocket) ? places.stateDirectory : dirname(places.controlSocket);
  try {
    mkdirSync(places.stateDirectory, { recursive: true, mode: 0o700 });
    mkdirSync(runtimeDirectory, { recursive: true, mode: 0o711 });
  } catch (error) {
    return {
      ok: false,
      status: failed,
      messages: [`the engine has no place for its state: ${(error as Error).message}`],
    };
  }
  const lock = system.lockInstance(join(places.stateDirectory, 'engine.lock'));
  if (!lock.ok) return { ok: false, status: failed, messages: [lock.problem] };
  const paths = options.profiles.length === 0 ? [places.profilesDirectory] : options.profiles;
  const loaded = loadProfiles(paths, process.env, guard);
  if (!loaded.ok) {
    lock.release();
    return { ok: false, status: badProfile, messages: loaded.problems.map(formatProblem) };
  }
  const ground = { system, guard, runtimeDirectory, releaseLock: lock.release };
  const engine = new Engine({ ...options, profiles: paths }, ground);
  try {
    await engine.start(loaded);
  } catch (error) {
    await engine.abandon();
    return { ok: false, status: failed, messages: [(error as Error).message] };
  }
  return { ok: true, engine };
}
