// Each rule of the house is broken once here, on a planted file, and must say so.
import { expect, test } from 'vitest';
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
import type { Rule } from './sources.ts';

interface Planted {
  name: string;
  rule: Rule;
  files: Record<string, string>;
  /** What the rule must say, one expression for each breach in order; [] where nothing is wrong. */
  says: RegExp[];
}

const engine = 'source/engine/step.ts';
const map = 'source/README.md';
const page = 'docs/dependencies.md';
const lines = (count: number): string => 'const line = 1;\n'.repeat(count);

const planted: Planted[] = [
  {
    name: 'an import that points up',
    rule: importsPointDown,
    files: {
      [engine]: "import type { Size } from '../profile/size.ts';\nimport { queue } from '../runtime/queue.ts';\n",
    },
    says: [/step\.ts:2 imports source\/runtime\/queue\.ts: engine\/ stands below runtime\//],
  },
  {
    name: 'an import that points up for a type only, over several lines',
    rule: importsPointDown,
    files: { 'source/ports/clock.ts': "import type {\n  Profile,\n} from '../profile/profile.ts';\n" },
    says: [/clock\.ts:3 .*ports\/ stands below profile\//],
  },
  {
    name: 'an export from a room above',
    rule: importsPointDown,
    files: { 'source/platform/clock.ts': "export { view } from '../console/view.ts';\n" },
    says: [/platform\/ stands below console\//],
  },
  {
    name: 'native code that knows the program',
    rule: importsPointDown,
    files: { 'native-bindings/linux/libc.ts': "import { step } from '../../source/engine/step.ts';\n" },
    says: [/native-bindings imports nothing from source/],
  },
  {
    name: 'a room that calls native code past the platform',
    rule: importsPointDown,
    files: { 'source/control/peer.ts': "import { peer } from '../../native-bindings/linux/socket.ts';\n" },
    says: [/only platform\/ calls native code/],
  },
  {
    name: 'an import that is only talked about',
    rule: importsPointDown,
    files: { [engine]: "// import { queue } from '../runtime/queue.ts';\n/* import '../cli/main.ts'; */\n" },
    says: [],
  },
  {
    name: 'a room that nobody put in order',
    rule: everyRoomIsListed,
    files: { 'source/attic/box.ts': '' },
    says: [/source\/attic\/ has no place/],
  },
  {
    name: 'a library outside its home',
    rule: librariesHaveOneHome,
    files: {
      'source/console/app.tsx': "import { Box } from 'ink';\n",
      'source/daemon/lock.ts': "import Conf from 'conf';\nconst koffi = createRequire(import.meta.url)('koffi');\n",
    },
    says: [/lock\.ts:1 imports conf, whose one home is settings/, /lock\.ts:2 imports koffi/],
  },
  {
    name: 'a console that every daemon carries',
    rule: daemonLoadsNoConsole,
    files: {
      'source/cli/main.ts':
        "import type { Size } from '../console/size.ts';\nimport { open } from '../console/open.ts';\nawait import('../console/app.tsx');\n",
    },
    says: [/main\.ts:2 .*use import\(\)/],
  },
  {
    name: 'a cycle of three files',
    rule: noImportCycles,
    files: {
      'source/engine/a.ts': "import './b.ts';\n",
      'source/engine/b.ts': "import type { C } from './c.ts';\n",
      'source/engine/c.ts': "import { a } from './a.ts';\n",
    },
    says: [/a\.ts -> source\/engine\/b\.ts -> source\/engine\/c\.ts -> source\/engine\/a\.ts/],
  },
  {
    name: 'a clock, chance and a process in the engine',
    rule: pureRoomsTouchNothing,
    files: {
      [engine]: [
        "import { readFileSync } from 'node:fs';",
        'const now = Date.now();',
        'const today = new Date();',
        'const luck = Math.random();',
        'setTimeout(() => process.exit(1), performance.now());',
        "console.log('Date.now() in a string is only text');",
      ].join('\n'),
    },
    says: [
      /:2 uses Date\.now/,
      /:3 uses new Date\(\)/,
      /:5 .*performance/,
      /:4 .*random/,
      /setTimeout/,
      /process\.exit/,
      /console\.l/,
      /node:fs/,
    ],
  },
  {
    name: 'words of ours that look like a clock or a process',
    rule: pureRoomsTouchNothing,
    files: { [engine]: 'const at = new Date(event.atMs).toISOString();\ngroup.process.pid;\nevent.performance.now;\n' },
    says: [],
  },
  {
    name: 'a timer in a view of the console',
    rule: pureRoomsTouchNothing,
    files: {
      'source/console/view/header.tsx': "import { Text } from 'ink';\nsetInterval(draw, 1000);\n",
      'source/console/open.tsx': 'setInterval(draw, 1000);\n',
    },
    says: [/header\.tsx:2 uses setInterval/],
  },
  {
    name: 'a package in a pure room that was not let in',
    rule: pureRoomsTouchNothing,
    files: { 'source/profile/parse.ts': "import { parse } from 'yaml';\nimport { parse as toml } from 'smol-toml';\n" },
    says: [/parse\.ts:2 imports smol-toml/],
  },
  {
    name: 'a file of 301 lines, and one with a reason',
    rule: filesAreShort,
    files: {
      'source/engine/long.ts': lines(301),
      'source/engine/wall.ts': lines(300),
      'source/profile/fields.ts': `// Long because it is one table.\n${lines(400)}`,
    },
    says: [/long\.ts has 301 lines/],
  },
  {
    name: 'names that say nothing',
    rule: namesSayWhatIsInside,
    files: {
      'source/engine/utils.ts': '',
      'source/console/helpers/box.ts': '',
      'test/engine/index.ts': '',
      [engine]: '',
    },
    says: [/engine\/utils\.ts/, /helpers\/box\.ts/, /engine\/index\.ts/],
  },
  {
    name: 'a room and a file that the map forgot',
    rule: theMapNamesEverything,
    files: {
      [map]: '# Map\n`engine/` decides.\n## `engine/`\n- `step.ts` one step\n',
      [engine]: '',
      'source/engine/stop.ts': '',
      'source/engine/stall/output.ts': '',
      'source/sinks/journal.ts': '',
    },
    says: [/does not name source\/engine\/stop\.ts/, /source\/engine\/stall\//, /the room sinks\//],
  },
  {
    name: 'a map of what is gone',
    rule: whatTheMapNamesExists,
    files: { [map]: '`engine/` decides: `engine/step.ts`, `engine/gone.ts`, `cellar/`\n', [engine]: '' },
    says: [/README\.md:1 names engine\/gone\.ts/, /cellar\//],
  },
  {
    name: 'a dependency that nobody explained',
    rule: dependenciesAreExplained,
    files: {
      'package.json': '{"dependencies": {"yaml": "2"}, "devDependencies": {"knip": "6"}}',
      [page]: '| `yaml` | reads profiles |\n',
    },
    says: [/no line for knip/],
  },
  {
    name: 'a path of one machine, and a registry',
    rule: nothingOfOneMachine('/home/somebody/procsaver'),
    files: {
      'docs/build.md': 'cd /home/somebody/procsaver\n',
      '.npmrc': 'fund=false\nregistry=https://packages.example/\n',
      'package-lock.json': '{\n  "resolved": "https://packages.example/yaml.tgz"\n}\n',
    },
    says: [/build\.md:1 names the folder/, /\.npmrc:2 names a package registry/, /package-lock\.json:2/],
  },
];

test.each(planted)('$name: $says.length found', ({ rule, files, says }) => {
  const found = rule(new Map(Object.entries(files)));
  expect(found).toHaveLength(says.length);
  expect(found).toEqual(says.map((expression) => expect.stringMatching(expression)));
});
