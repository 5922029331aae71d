import { type ParseResult, parseProfiles } from '../../source/profile/parse.ts';
import type { Profile } from '../../source/profile/profile.ts';
import { simulatedFolders } from './profiles.ts';
import { stallTexts } from './profiles-of-stalls.ts';

/** The folder of profiles as a reload finds it: texts by the names of their files. */
export interface Folder {
  readonly files: Readonly<Record<string, string>>;
  /** Every file of it may be put in force. */
  readonly isSound: boolean;
}

/** What is wrong with one file among sound ones: with it alone, or with all of them together. */
const spoilt: readonly string[] = [
  '',
  'groups: { night: { processes: { report: { command: [report }',
  'groups: { night: { processes: { report: { comand: [report] } } } }',
  'groups: { night: { processes: { report: { command: [report], restart: { limit: many } }, clean: { command: [clean] } } } }',
  'groups: { night: { processes: { report: { command: [report], dependsOn: { night/nobody: started } } } } }',
  'groups: { night: { escalation: reboot, processes: { report: { command: [report] } } } }',
  'groups: { shop: { processes: { report: { command: [report] } } } }',
  'restartsPerSecond: 0\ngroups: { night: { processes: { report: { command: [report] } } } }',
];

const plainFolders: readonly Folder[] = simulatedFolders.map((files) => ({ files, isSound: true }));
const watchfulFolders: readonly Folder[] = stallTexts.map((text) => ({ files: { 'shop.yaml': text }, isSound: true }));

/** Mostly those without rules: where rules run, most of what happens is a look. */
export const soundFolders: readonly Folder[] = [...plainFolders, ...plainFolders, ...plainFolders, ...watchfulFolders];

/** The spoilt file is read before all others, or after them. */
export const spoiltFolders: readonly Folder[] = simulatedFolders.flatMap((files) =>
  spoilt.flatMap((text) => [
    { files: { 'a-spoilt.yaml': text, ...files }, isSound: false },
    { files: { ...files, 'z-spoilt.yaml': text }, isSound: false },
  ]),
);

/** Reads and checks a folder as the daemon does, all files of it together. */
export function parseFolder(files: Folder['files']): ParseResult {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  return parseProfiles(sources, { environment: {}, system: 'linux', readFile: () => null });
}

const results = new Map<Folder, ParseResult>();

/** The same, once a folder: its files never change. */
export function readFolder(folder: Folder): ParseResult {
  const known = results.get(folder) ?? parseFolder(folder.files);
  results.set(folder, known);
  return known;
}

/** What the first engine of a history is given. */
export const firstProfile: Profile = profileIn(plainFolders[0]);

/** One whose processes have rules. */
export function watchfulProfile(choice: number): Profile {
  return profileIn(watchfulFolders[Math.floor(choice) % watchfulFolders.length]);
}

function profileIn(folder: Folder | undefined): Profile {
  const read = folder === undefined ? undefined : readFolder(folder);
  if (read?.ok !== true) throw new Error(`a sound folder is not sound: ${JSON.stringify(read)}`);
  return read.profile;
}
