import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NoEngine } from '../control/failure.ts';
import type { Places } from '../control/places.ts';
import type { Language } from '../notices/notice.ts';
import { ownProgram } from '../platform/own-program.ts';
import { connectInstance } from './connect.ts';

export type HandedOver =
  | { readonly ok: true; readonly pid: number }
  /** `said`: what the new engine wrote before it gave up. */
  | { readonly ok: false; readonly logFile: string; readonly said: string };

/** Longer than an engine with thousands of processes to adopt needs. */
const patienceMs = 20_000;
const betweenLooksMs = 20;

/** Starts an engine that goes on in the background, and waits until it answers. The place must be free. */
export async function startInBackground(
  places: Places,
  profiles: readonly string[],
  { directory, language }: { readonly directory: string; readonly language: Language },
): Promise<HandedOver> {
  const { command, arguments: first } = ownProgram();
  mkdirSync(places.stateDirectory, { recursive: true, mode: 0o700 });
  const logFile = join(places.stateDirectory, 'daemon.log');
  const log = openSync(logFile, 'a+', 0o600);
  try {
    const begin = fstatSync(log).size;
    // A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
    const child = spawn(
      command,
      [...first, '--daemon', '--instance', places.instance, '--lang', language, ...profiles],
      {
        cwd: directory,
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    let hasEnded = false;
    child.once('exit', () => {
      hasEnded = true;
    });
    child.once('error', () => {
      hasEnded = true;
    });
    const pid = await untilAnswered(places, () => hasEnded);
    child.unref();
    return pid === null ? { ok: false, logFile, said: readFrom(log, begin) } : { ok: true, pid };
  } finally {
    closeSync(log);
  }
}

/** There is no message from an engine that is not there yet, so this looks again and again, for a moment. */
async function untilAnswered(places: Places, hasEnded: () => boolean): Promise<number | null> {
  const deadline = performance.now() + patienceMs;
  while (!hasEnded() && performance.now() < deadline) {
    try {
      const engine = await connectInstance(places);
      const { engine: found } = await engine.call('status', { target: null });
      engine.close();
      return found.pid;
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    await delay(betweenLooksMs);
  }
  return null;
}

/** At most the last 64 KB: the reason stands at the end. */
function readFrom(file: number, begin: number): string {
  const { size } = fstatSync(file);
  const from = Math.max(begin, size - 65_536);
  const buffer = Buffer.alloc(size - from);
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from)).trim();
}
