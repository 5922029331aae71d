import { checkFields } from './check.ts';
import { checkDependencies } from './dependencies.ts';
import { parseEnvironmentFile } from './environment-file.ts';
import { type Environment, expandTree } from './expand.ts';
import { topFields } from './fields.ts';
import { type ReadGroup, readDefaults, readGroup } from './group.ts';
import { noFields } from './level.ts';
import { folderOf, resolvePath, type System } from './paths.ts';
import { type Place, type Problem, quoted, type Report, sortProblems, type Trouble, unheard } from './problem.ts';
import type { ReadProcess } from './process.ts';
import type { Profile } from './profile.ts';
import { readFields } from './read.ts';
import { type SourceTree, sourceTree } from './source-tree.ts';
import { misspelt } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';
import { besidesSyntax } from './syntax.ts';
import { describe, type Entry, isEmpty, type MapTree, type Tree, without } from './tree.ts';

export interface ProfileSource {
  /** As it is to stand in problems. */
  readonly file: string;
  readonly text: string;
}

export interface ParseOptions {
  /** What `${NAME}` is looked up in. */
  readonly environment: Environment;
  readonly system: System;
  /** The text of an environment file, or null when it cannot be read. */
  readonly readFile: (absolutePath: string) => string | null;
  /** Whether the engine runs as root, whose services are the machine's; it does unless this says otherwise. */
  readonly isRoot?: boolean;
  /** What `~/` stands for. */
  readonly home?: string;
  /** What the names of sources that are relative are relative to, so that every path in the profile becomes absolute. */
  readonly currentDirectory?: string;
}

export type ParseResult =
  | { readonly ok: true; readonly profile: Profile; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Nobody reads more, and a file that is no profile at all could give millions. */
const mostProblems = 1000;

/** Files to one checked profile, or every problem in all of them. */
export function parseProfiles(sources: readonly ProfileSource[], options: ParseOptions): ParseResult {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const report: Report = (place, trouble) => void problems.push({ ...place, ...trouble });
  const warn: Report = (place, trouble) => void warnings.push({ ...place, ...trouble });
  const files = sources.map((source) => readSource(source, options, report, warn));
  const groups = uniqueGroups(
    files.flatMap((file) => file.groups),
    report,
  );
  const allowReboot = files.some((file) => file.allowReboot);
  // Names that stand behind an error of syntax are not known.
  if (files.every((file) => file.isWhole)) {
    checkDependencies(processesOf(groups), namesOf(groups), report);
    if (!allowReboot) for (const group of groups) checkReboot(group, report);
  }
  if (sources.length === 0) {
    const nowhere = { file: '', line: 1, column: 1, path: '' };
    report(nowhere, { what: 'there is no profile', expected: 'at least one file', hint: '' });
  }
  if (problems.length > 0) return { ok: false, problems: sortProblems(problems).slice(0, mostProblems) };
  const profile = {
    allowReboot,
    restartsPerSecond: smallest('restartsPerSecond', files),
    evidenceMaxBytes: smallest('evidenceMaxSize', files),
    evidenceWithinMs: smallest('evidenceWithin', files),
    groups: groups.map(({ spec }) => spec),
  };
  return { ok: true, profile, warnings: sortProblems(warnings) };
}

/** Fields that are there to protect, so that of several files the firmest one holds. */
const bounds = ['restartsPerSecond', 'evidenceMaxSize', 'evidenceWithin'] as const;
type Bound = (typeof bounds)[number];

interface ReadSource {
  readonly groups: readonly ReadGroup[];
  readonly allowReboot: boolean;
  /** Only those who say it are compared. */
  readonly bounds: Partial<Readonly<Record<Bound, number>>>;
  readonly isWhole: boolean;
}

function readSource({ file, text }: ProfileSource, options: ParseOptions, reportAll: Report, warn: Report): ReadSource {
  const once = onceAPlace(reportAll);
  const { tree, syntax, hasGaps }: SourceTree = sourceTree(file, text.replace(/^\uFEFF/, ''), once);
  const isWhole = syntax.cutLine === Number.POSITIVE_INFINITY;
  const report = besidesSyntax(syntax, file, once);
  const reportMissing = hasGaps ? unheard : report;
  if (tree?.is !== 'map') {
    const what = tree === null ? '' : `${describe(tree)} is not a profile`;
    if (tree !== null) report(tree.place, { what, expected: 'a map with `groups`', hint: '' });
    return { groups: [], allowReboot: false, bounds: {}, isWhole };
  }
  const own = expandTree(['defaults', 'groups'].reduce(without, tree), options.environment, report) as MapTree;
  const scope = { table: topFields, others: ['groups', 'defaults'], kind: null, system: options.system };
  checkFields(own, scope, report);
  const around = { ...surroundingsOf(file, options, report, warn), reportMissing };
  const withDefaults = { ...around, defaults: readDefaults(tree.entries.get('defaults'), around) };
  const groups = groupsOf(tree, report, reportMissing).flatMap(
    ([name, entry]) => readGroup(name, entry, withDefaults) ?? [],
  );
  const values = readFields(topFields, own);
  const written = bounds.filter((bound) => own.entries.has(bound)).map((bound) => [bound, values[bound]]);
  return { groups, allowReboot: values.allowReboot, bounds: Object.fromEntries(written), isWhole };
}

function surroundingsOf(
  file: string,
  options: ParseOptions,
  report: Report,
  warn: Report,
): Omit<Surroundings, 'group' | 'reportMissing'> {
  const { system, environment, isRoot = true, home = null } = options;
  const start = { system, home, folder: options.currentDirectory ?? '.' };
  const folder = folderOf(resolvePath(file, { ...start, home: null }), system);
  const read = new Map<string, Readonly<Record<string, string>> | null>();
  const environmentFile = (path: string, { place }: Tree) => {
    let variables = read.get(path);
    if (variables === undefined) {
      const text = options.readFile(path);
      variables = text === null ? null : parseEnvironmentFile(path, text, place.path, report);
      read.set(path, variables);
    }
    if (variables === null) {
      const hint = 'is it there, and may this user read it?';
      report(place, { what: `${path} cannot be read`, expected: 'a file of lines NAME=text', hint });
    }
    return variables ?? {};
  };
  return { system, environment, isRoot, home, folder, defaults: noFields, environmentFile, report, warn };
}

function groupsOf(top: MapTree, report: Report, reportMissing: Report): readonly (readonly [string, Entry])[] {
  const entry = top.entries.get('groups');
  if (entry?.value.is === 'map' && entry.value.entries.size > 0) return [...entry.value.entries];
  const expected = '`groups`, a map of group names to groups';
  if (entry !== undefined && entry.value.is !== 'map' && !isEmpty(entry.value)) {
    report(entry.value.place, { what: `${describe(entry.value)} is not a map`, expected, hint: '' });
  } else if (entry !== undefined || misspelt('groups', top, topFields) === null) {
    reportMissing(entry?.key ?? { ...top.place, line: 1, column: 1 }, { what: 'has no groups', expected, hint: '' });
  }
  return [];
}

function smallest(bound: Bound, files: readonly ReadSource[]): number {
  const written = files.flatMap((file) => file.bounds[bound] ?? []);
  return written.length === 0 ? topFields[bound].initial : Math.min(...written);
}

function checkReboot({ spec, escalationPlace }: ReadGroup, report: Report): void {
  if (spec.escalation.do !== 'reboot') return;
  report(escalationPlace, {
    what: '`reboot` is not allowed',
    expected: '`allowReboot: true` at the top of a profile',
    hint: 'write it there if a failure of this group may restart the whole machine',
  });
}

/** By full name. */
function processesOf(groups: readonly ReadGroup[]): ReadonlyMap<string, ReadProcess> {
  return new Map(
    groups.flatMap(({ spec, processes }) => [...processes].map(([name, read]) => [`${spec.name}/${name}`, read])),
  );
}

/** Full names of all processes, those that are wrong in themselves included. */
function namesOf(groups: readonly ReadGroup[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ spec, declared }) => declared.map((name) => `${spec.name}/${name}`)));
}

/** A group stands whole in one file: parts of it in two would hide from a reader what belongs together. */
function uniqueGroups(groups: readonly ReadGroup[], report: Report): ReadGroup[] {
  const first = new Map<string, ReadGroup>();
  for (const group of groups) {
    const { name } = group.spec;
    const other = first.get(name);
    if (other === undefined) first.set(name, group);
    else {
      const trouble: Trouble = {
        what: `the group ${quoted(name)} stands in ${other.place.file}:${other.place.line} already`,
        expected: '',
        hint: 'put its processes together in one file, or give one of them another name',
      };
      report(group.place, trouble);
    }
  }
  return [...first.values()];
}

/** The first thing said about a value is the cause; a reference that could not be expanded is not also the wrong type. */
function onceAPlace(report: Report): Report {
  const told = new WeakSet<Place>();
  return (place, trouble) => {
    if (told.has(place)) return;
    told.add(place);
    report(place, trouble);
  };
}
