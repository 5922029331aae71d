import type { EngineState } from '../../../source/engine/state.ts';
import { step } from '../../../source/engine/step.ts';
import type { ParseResult } from '../../../source/profile/parse.ts';
import type { GroupSpec, ProcessSpec, Profile } from '../../../source/profile/profile.ts';
import { type Canary, effectsChanged } from '../planted.ts';
import { type Folder, parseFolder } from '../reloads.ts';

/** Engines that reload by halves. */
export const reloadingCanaries: Readonly<Record<string, Canary>> = {
  // It takes over the groups, and of the changed processes the first half.
  'a reload is the new profile or the old one, never half of each': (state, event) =>
    step(state, event.type === 'profile-changed' ? { ...event, profile: halfOf(event.profile, state) } : event),

  // It takes a process for unchanged when its name is.
  'nobody lives on as an earlier profile wanted it': (state, event) => {
    if (event.type !== 'profile-changed') return step(state, event);
    const declared = new Map(event.profile.groups.flatMap(declaredOf));
    const processes = state.processes.map((process) => {
      const now = declared.get(process.name);
      return now?.kind === process.declared.kind ? { ...process, declared: now, spec: now } : process;
    });
    return step({ ...state, processes }, event);
  },

  // What it saves of a reload is the processes alone.
  'what is on disk is the profile in force, and no part of another': effectsChanged((effects, _, event) =>
    effects.map((effect) => {
      if (effect.do !== 'save' || event.type !== 'profile-changed') return effect;
      const records = Object.entries(effect.records).filter(([key]) => !key.startsWith('group:'));
      return { ...effect, records: Object.fromEntries(records) };
    }),
  ),
};

/** Readers of profiles that let through what they should refuse. */
export const readerCanaries: Readonly<Record<string, (folder: Folder) => ParseResult>> = {
  // It takes the files that are sound, and leaves out those that are not.
  'a reload that is refused changes nothing': ({ files }) => {
    const sound = Object.entries(files).filter(([file, text]) => parseFolder({ [file]: text }).ok);
    return parseFolder(Object.fromEntries(sound));
  },
};

function halfOf(profile: Profile, state: EngineState): Profile {
  const old = new Map(state.processes.map((process) => [process.name, process.declared]));
  const changed = profile.groups
    .flatMap(declaredOf)
    .filter(([name, spec]) => old.has(name) && JSON.stringify(old.get(name)) !== JSON.stringify(spec))
    .map(([name]) => name);
  const left = new Set(changed.slice(changed.length / 2));
  const groups = profile.groups.map((group) => ({
    ...group,
    processes: declaredOf(group).map(([name, spec]) => (left.has(name) ? (old.get(name) ?? spec) : spec)),
  }));
  return { ...profile, groups };
}

function declaredOf(group: GroupSpec): [string, ProcessSpec][] {
  return group.processes.map((spec) => [`${group.name}/${spec.name}`, spec]);
}
