// One project for each cost of a test. A new folder of test/ is a room of cheap tests unless it is named here.
import { defineConfig } from 'vitest/config';

const seconds = 1000;

/** The folders whose tests cost more than arithmetic, and what they need. */
const costly = {
  simulation: { folders: ['simulation'], timeout: 300 * seconds },
  screens: { folders: ['screens'], timeout: 20 * seconds },
  stories: { folders: ['stories'], timeout: 30 * seconds },
  platform: { folders: ['platform', 'native-bindings', 'daemon', 'scripts'], timeout: 60 * seconds },
  'end-to-end': { folders: ['end-to-end'], timeout: 300 * seconds },
  windows: { folders: ['windows'], timeout: 300 * seconds },
  tidy: { folders: ['tidy'], timeout: 60 * seconds },
};

const realProcesses = ['platform', 'end-to-end', 'windows'];

/** What stands ready before the first test: the built program, for Linux or for Windows. Its tests run one file after the other. */
const builtFirst: Readonly<Record<string, string>> = {
  'end-to-end': 'test/end-to-end/build-first.ts',
  windows: 'test/windows/build-first.ts',
};

const tests = (folder: string): string => `test/${folder}/**/*.test.{ts,tsx}`;

export default defineConfig({
  test: {
    // Real processes are timed on machines with two cores: more workers than cores would measure the workers.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [tests('*')],
          exclude: Object.values(costly).flatMap(({ folders }) => folders.map(tests)),
          testTimeout: 10 * seconds,
        },
      },
      ...Object.entries(costly).map(([name, { folders, timeout }]) => ({
        extends: true as const,
        test: {
          name,
          include: folders.map(tests),
          testTimeout: timeout,
          hookTimeout: timeout,
          // On a machine that is shared with strangers real servers can stand still for seconds. There, and only there, a test with
          // real processes has a second try, and the runner names each that needed it.
          retry: process.env['CI'] === 'true' && realProcesses.includes(name) ? 1 : 0,
          ...(builtFirst[name] === undefined ? {} : { globalSetup: builtFirst[name], fileParallelism: false }),
        },
      })),
    ],
  },
});
