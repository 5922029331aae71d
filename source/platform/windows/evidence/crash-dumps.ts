// Windows Error Reporting writes a dump of a program that crashes, where the registry says so: LocalDumps ("Collecting User-Mode Dumps",
// learn.microsoft.com). What it wrote goes into the incident.
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { win32 } from 'node:path';
import { readMachineText, writeMachineKey } from '../../../../native-bindings/windows/registry.ts';
import type { Instance } from '../../../ports/instance.ts';
import type { Part } from '../../evidence/part.ts';
import { typeOf } from './minidump-part.ts';

const localDumps = 'SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps';
/** DumpType: 1 mini, 2 all of its memory. */
const types = { mini: 1, full: 2 } as const;
/** Dumps of one program that wait to be fetched; of more the oldest goes. */
const mostWaiting = 10;
/** A dump is written before its process has ended, but clocks of files are coarse. */
const timeSlackMs = 2_000;

export class CrashDumps {
  readonly #folder: string;
  /** By image: null, or why its dumps are not to be had. */
  readonly #asked = new Map<string, string | null>();

  /** Absolute; made when the first program is registered. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A program of this file is about to be started whose crashes are wanted. */
  register(file: string, type: keyof typeof types): void {
    const image = win32.basename(file).toLowerCase();
    if (!this.#asked.has(image)) this.#asked.set(image, this.#register(image, type));
  }

  /** The dump of this very process; or why there is none. */
  find(instance: Instance): { readonly path: string } | { readonly problem: string } {
    const suffix = `.${instance.pid}.dmp`;
    const found = dumpsIn(this.#folder).find(
      ({ name, writtenAtMs }) => name.endsWith(suffix) && writtenAtMs >= instance.startedAtMs - timeSlackMs,
    );
    if (found !== undefined) return { path: win32.join(this.#folder, found.name) };
    const problems = [...this.#asked.values()].filter((problem) => problem !== null);
    return { problem: problems[0] ?? `Windows has written none into ${this.#folder}` };
  }

  /** What an administrator has set for a program stays as it is. */
  #register(image: string, type: keyof typeof types): string | null {
    const key = `${localDumps}\\${image}`;
    const set = readMachineText(key, 'DumpFolder');
    if (set !== null && set.toLowerCase() !== this.#folder.toLowerCase())
      return `the registry has dumps of ${image} written into ${set}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      return (error as Error).message;
    }
    const values = { DumpFolder: this.#folder, DumpType: types[type], DumpCount: mostWaiting };
    const result = writeMachineKey(key, values);
    return result < 0
      ? `Windows does not let the engine ask for dumps of ${image} (error ${-result}); run it as an administrator`
      : null;
  }
}

function dumpsIn(folder: string): { readonly name: string; readonly writtenAtMs: number }[] {
  try {
    return readdirSync(folder).map((name) => ({ name, writtenAtMs: statSync(win32.join(folder, name)).mtimeMs }));
  } catch {
    // Nobody was registered yet, or it is just being fetched.
    return [];
  }
}

/** Of the dead: what was written when it crashed. */
export function crashDumpPart(dumps: CrashDumps): Part {
  return {
    name: 'crash dump',
    isHeavy: true,
    isWanted: ({ lives, kinds, reason }) =>
      !lives && typeOf(kinds) !== null && reason.kind === 'down' && 'signal' in reason.exit,
    async take(job) {
      const { instance } = job.request;
      if (instance === null) return;
      const found = dumps.find(instance);
      if ('problem' in found) throw new Error(found.problem);
      await rename(found.path, win32.join(job.folder, 'crash.dmp'));
    },
  };
}
