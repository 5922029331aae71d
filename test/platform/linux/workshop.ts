// A platform in a folder of its own, with what the tests start in it taken away afterwards.
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPlatform } from '../../../source/platform/linux/platform.ts';
import { instanceOf, readStat } from '../../../source/platform/linux/proc.ts';
import type { Platform } from '../../../source/platform/system.ts';
import type { Exit, Instance } from '../../../source/ports/instance.ts';
import type { LaunchRequest, LaunchResult } from '../../../source/ports/spawner.ts';

const programs = fileURLToPath(new URL('../../fixtures/programs/', import.meta.url));

/** One of test/fixtures/programs. */
export const program = (name: string): string => join(programs, name);

/** A callback's value as a promise. */
export const reported = <T>(start: (report: (value: T) => void) => void): Promise<T> => new Promise(start);

export interface Workshop {
  readonly folder: string;
  readonly platform: Platform;
  /** What the platform complained of. */
  readonly problems: string[];
  file(name: string): string;
  start(command: readonly string[], changes?: Partial<LaunchRequest>): Promise<LaunchResult>;
  /** As `start`, and fails the test when it cannot. */
  started(command: readonly string[], changes?: Partial<LaunchRequest>): Promise<Instance>;
  exitOf(instance: Instance): Promise<Exit>;
  /** Starts it, waits for its end, and gives its output. */
  outputOf(command: readonly string[], changes?: Partial<LaunchRequest>): Promise<string>;
  close(): Promise<void>;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-test-'));
  const problems: string[] = [];
  const platform = openPlatform(
    { stateDirectory: join(folder, 'state'), runtimeDirectory: join(folder, 'run') },
    (text) => problems.push(text),
  );
  const { spawner, watcher, terminator } = platform.ports;
  const living: { instance: Instance; launch: string }[] = [];
  let launches = 0;
  const file = (name: string) => join(folder, name);

  const start = async (command: readonly string[], changes: Partial<LaunchRequest> = {}) => {
    launches += 1;
    const launch = changes.launch ?? `${folder}#${launches}`;
    const request: LaunchRequest = {
      launch,
      command,
      directory: folder,
      environment: { PATH: '/usr/bin:/bin', NOTIFY_SOCKET: platform.ports.prober.notifySocket() },
      user: null,
      group: null,
      umask: null,
      nice: null,
      outputFile: file(`output-${launches}.log`),
      ...changes,
    };
    const result = await reported<LaunchResult>((report) => spawner.launch(request, report));
    if (result.ok) living.push({ instance: result.instance, launch });
    return result;
  };
  const started = async (command: readonly string[], changes: Partial<LaunchRequest> = {}) => {
    const result = await start(command, changes);
    if (!result.ok) throw new Error(result.problem);
    return result.instance;
  };
  const exitOf = (instance: Instance) => reported<Exit>((report) => watcher.watch(instance, report));
  return {
    folder,
    platform,
    problems,
    file,
    start,
    started,
    exitOf,
    async outputOf(command, changes = {}) {
      const outputFile = changes.outputFile ?? file(`output-of-${launches + 1}.log`);
      await exitOf(await started(command, { ...changes, outputFile }));
      return readFileSync(outputFile, 'utf8');
    },
    async close() {
      for (const { instance, launch } of living) {
        // The workshop's own children are waited for by being watched.
        watcher.watch(instance, () => {});
        await reported<readonly number[]>((report) => terminator.killTree(instance, { tree: true, launch }, report));
      }
      platform.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the file is there and `holds` for its text. */
export async function fileWith(
  path: string,
  holds: (text: string) => boolean = (text) => text.endsWith('\n'),
): Promise<string> {
  const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const watcher = watch(dirname(path));
  try {
    while (!holds(read())) await new Promise((resolve) => watcher.once('change', resolve));
    return read();
  } finally {
    watcher.close();
  }
}

/** The pids that a fixture program wrote down. */
export async function pidsIn(path: string, count: number): Promise<number[]> {
  const text = await fileWith(path, (written) => written.trim().split('\n').length >= count && written.endsWith('\n'));
  return text.trim().split('\n').map(Number);
}

/** The living process that bears this pid now. */
export function instanceAt(pid: number): Instance {
  const stat = readStat(pid);
  if (stat === null) throw new Error(`no process ${pid}`);
  return instanceOf(stat);
}
