import { existsSync } from 'node:fs';
import { places } from '../control/address.ts';
import { connectEngine } from '../control/client.ts';
import type { EngineClient } from '../control/engine-client.ts';
import { NoEngine } from '../control/failure.ts';
import type { Places } from '../control/places.ts';
import type { Context } from './context.ts';
import type { Surroundings } from './surroundings.ts';

/** The running engine of an instance, wherever its environment put its socket. Rejects with NoEngine or NotPermitted. */
export async function connectInstance({ controlSocket, otherControlSockets }: Places): Promise<EngineClient> {
  for (const path of [controlSocket, ...otherControlSockets]) {
    try {
      return await connectEngine(path);
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
  }
  throw new NoEngine(controlSocket);
}

/** Does something with the running engine and lets it go again. */
export async function withEngine<T>(context: Context, work: (engine: EngineClient) => Promise<T>): Promise<T> {
  const engine = await connectInstance(context.places);
  try {
    return await work(engine);
  } finally {
    engine.close();
  }
}

/** Root runs an engine of that instance, at root's own place; a home of one's own is looked for nowhere else. */
export function mayBeRoots(instance: string, { uid, environment }: Pick<Surroundings, 'uid' | 'environment'>): boolean {
  if (process.platform === 'win32') return false;
  return uid !== 0 && (environment['PROCSAVER_HOME'] ?? '') === '' && existsSync(places(instance, {}, 0).controlSocket);
}
