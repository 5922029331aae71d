import type { GroupSpec, ProcessSpec, Profile } from './profile.ts';
import { isSame } from './same.ts';

/** What a reload changes. Names of processes are full names, in the order of the profile they stand in. */
export interface ProfileDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ProcessChange[];
  readonly same: readonly string[];
  readonly groups: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Their own fields are others: strategy, escalation, description. */
    readonly changed: readonly string[];
  };
}

export interface ProcessChange {
  readonly name: string;
  /** What differs: `restart`, `command`, `environment`. */
  readonly fields: readonly ProcessPart[];
  /** What a running instance was started with, or found by, is no longer what the profile says. */
  readonly needsRestart: boolean;
}

const parts = [
  'kind',
  'command',
  'match',
  'service',
  'scope',
  'instances',
  'directory',
  'user',
  'group',
  'umask',
  'nice',
  'environment',
  'output.file',
] as const;
/** What the process is; the other parts concern how it runs. */
const identity: readonly ProcessPart[] = ['kind', 'command', 'match', 'service', 'scope'];
const liveParts = [
  'output.maxSize',
  'output.keep',
  'dependsOn',
  'ready',
  'stop',
  'restart',
  'stall',
  'onStall',
  'rules',
  'dump',
  'keep',
  'secrets',
] as const;
export type ProcessPart = (typeof parts)[number] | (typeof liveParts)[number];

/** Compares what holds, not how it is written: `24h` and `1440m` are the same. */
export function diffProfiles(before: Profile, after: Profile): ProfileDiff {
  const old = processesOf(before);
  const now = processesOf(after);
  const kept = [...now].filter(([name]) => old.has(name));
  const changes = kept.map(([name, spec]) => changeOf(name, old.get(name) as ProcessSpec, spec));
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: changes.filter((change) => change.fields.length > 0),
    same: changes.filter((change) => change.fields.length === 0).map((change) => change.name),
    groups: diffGroups(before.groups, after.groups),
  };
}

/** What a running instance was started with, or found by, is no longer what the profile says. */
export function redefines(before: ProcessSpec, after: ProcessSpec): boolean {
  return changeOf('', before, after).needsRestart;
}

function changeOf(name: string, before: ProcessSpec, after: ProcessSpec): ProcessChange {
  const fields = [...parts, ...liveParts].filter((part) => !isSame(partOf(before, part), partOf(after, part)));
  return { name, fields, needsRestart: fields.some((part) => definesInstance(part, after)) };
}

/** Of a `match` entry all but the search concerns the restart script alone; the number of instances is reached by starting or stopping some. */
function definesInstance(part: ProcessPart, spec: ProcessSpec): boolean {
  if (identity.includes(part)) return true;
  return spec.kind === 'command' && part !== 'instances' && (parts as readonly string[]).includes(part);
}

function partOf(spec: ProcessSpec, part: ProcessPart): unknown {
  if (part === 'command') return spec.kind === 'command' ? spec.command : null;
  if (part === 'match') return spec.kind === 'match' ? spec.match : null;
  if (part === 'service') return spec.kind === 'service' ? spec.service : null;
  if (part === 'scope') return spec.kind === 'service' ? spec.scope : null;
  if (part === 'instances') return spec.kind === 'service' ? null : spec.instances;
  if (part === 'output.file') return spec.output.file;
  if (part === 'output.maxSize') return spec.output.maxSizeBytes;
  if (part === 'output.keep') return spec.output.keep;
  return spec[part];
}

function diffGroups(before: readonly GroupSpec[], after: readonly GroupSpec[]): ProfileDiff['groups'] {
  const old = new Map(before.map((group) => [group.name, group]));
  const now = new Map(after.map((group) => [group.name, group]));
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now]
      .filter(([name, group]) => old.has(name) && !isSame(bare(old.get(name)), bare(group)))
      .map(([name]) => name),
  };
}

/** A group's own fields; its processes are compared one by one. */
function bare(group: GroupSpec | undefined) {
  return { ...group, processes: [] };
}

function processesOf(profile: Profile): ReadonlyMap<string, ProcessSpec> {
  return new Map(
    profile.groups.flatMap((group) => group.processes.map((spec) => [`${group.name}/${spec.name}`, spec])),
  );
}
