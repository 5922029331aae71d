// The house keeps its rules; planted.test.ts shows that each rule can be broken.
import { expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import { filesAreShort, namesSayWhatIsInside } from './rules/files.ts';
import {
  daemonLoadsNoConsole,
  everyRoomIsListed,
  importsPointDown,
  librariesHaveOneHome,
  noImportCycles,
} from './rules/imports.ts';
import {
  dependenciesAreExplained,
  nothingOfOneMachine,
  theMapNamesEverything,
  whatTheMapNamesExists,
} from './rules/papers.ts';
import { pureRoomsTouchNothing } from './rules/purity.ts';
import { type Rule, readSources } from './sources.ts';

const sources = readSources(project);

const rules: Record<string, Rule> = {
  'imports point down the list of rooms': importsPointDown,
  'every room has its place in that list': everyRoomIsListed,
  'each given library has one home': librariesHaveOneHome,
  'the daemon does not load the console': daemonLoadsNoConsole,
  'no two files import each other': noImportCycles,
  'the pure rooms touch no clock, chance, timer, process or disk': pureRoomsTouchNothing,
  'no file is longer than 300 lines without a reason': filesAreShort,
  'no file is named after nothing': namesSayWhatIsInside,
  'the map names every room and every file at its door': theMapNamesEverything,
  'what the map names exists': whatTheMapNamesExists,
  'each dependency has its line': dependenciesAreExplained,
  'no path of one machine and no registry stands in a file': nothingOfOneMachine(project),
};

test.each(Object.entries(rules))('%s', (_, rule) => {
  expect(rule(sources)).toEqual([]);
});
