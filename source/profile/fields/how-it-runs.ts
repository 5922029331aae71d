import { field, optional } from '../field.ts';
import { listOf, textMap } from '../type/collection.ts';
import { size } from '../type/measure.ts';
import { path } from '../type/place.ts';
import { number, text } from '../type/scalar.ts';

/** How the process runs; of a `match` entry, how its restart script runs. */
export const howItRuns = {
  directory: optional(path(), {
    help: "The working directory. Relative to the folder of the profile; `~/` is the home directory. Without it the engine's own.",
    kinds: ['command', 'match'],
  }),
  user: optional(text(), {
    help: 'Name or number of the user to run as. Needs an engine that may change users.',
    kinds: ['command', 'match'],
    systems: ['linux'],
  }),
  group: optional(text(), {
    help: 'Name or number of the user group to run as.',
    kinds: ['command', 'match'],
    systems: ['linux'],
  }),
  environment: field(textMap(environmentNameTrouble), {
    default: {},
    help: "Added to the engine's environment. Numbers become the text they were written as.",
    kinds: ['command', 'match'],
  }),
  environmentFile: optional(listOf(path(), 'path or list of paths'), {
    help: "File of lines NAME=text that is read when the profile is loaded; `environment` wins over it, and of several files the last one. Relative to the profile's folder.",
    kinds: ['command', 'match'],
  }),
  umask: optional(text({ words: 'octal number', expected: '3 or 4 octal digits, such as 027', check: maskTrouble }), {
    help: "The permissions that files it makes do not get, in octal. Without it the engine's own.",
    kinds: ['command', 'match'],
    systems: ['linux'],
  }),
  nice: optional(number({ min: -20, max: 19, whole: true }), {
    help: "Its scheduling priority, as nice(1) counts: the higher, the more it gives way. Below the engine's own takes root; of Windows the nearest priority class. Without it the engine's own.",
    kinds: ['command', 'match'],
  }),
  'output.file': optional(path(), {
    help: "Where the process writes what it prints. `%n` stands for the number of the instance. Relative to the profile's folder; without it a file in the state directory.",
    kinds: ['command'],
  }),
  'output.maxSize': field(size('4K', '1T'), {
    default: '10M',
    help: 'The output file is rotated when it grows beyond this.',
    kinds: ['command'],
    live: true,
  }),
  'output.keep': field(number({ min: 0, max: 100, whole: true }), {
    default: 3,
    help: 'How many rotated output files are kept.',
    kinds: ['command'],
    live: true,
  }),
};

function maskTrouble(written: string): { readonly what: string; readonly hint: string } | null {
  if (/^0?[0-7]{3}$/.test(written)) return null;
  return { what: `${JSON.stringify(written)} is not a mask of permissions`, hint: '' };
}

export function environmentNameTrouble(name: string): string | null {
  if (name === '') return 'a name is empty';
  return /[=\0]/.test(name) ? `${JSON.stringify(name)} cannot be the name of a variable` : null;
}
