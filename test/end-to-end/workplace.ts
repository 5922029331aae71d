import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectEngine } from '../../source/control/client.ts';
import type { Status } from '../../source/control/protocol.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { killLiving, type Living, livingOf } from './living.ts';
import { type Outcome, program, run } from './program.ts';
import { until } from './until.ts';

/** A folder of one test's own: its PROCSAVER_HOME, its profiles, and the mark of every process that comes from it. */
export class Workplace {
  readonly directory = mkdtempSync('/tmp/procsaver-test-');
  readonly home = join(this.directory, 'home');
  readonly journalFile = join(this.home, 'default/journal.jsonl');
  readonly controlSocket = join(this.home, 'default/control.sock');
  readonly #afterwards: (() => void | Promise<void>)[] = [];

  constructor() {
    // Programs that run as other users have to get at their own folders below.
    chmodSync(this.directory, 0o755);
    mkdirSync(this.home, { mode: 0o755 });
  }

  /** Nothing of the test runner's environment, the Node on its path above all. Every child inherits the folder's name. */
  get environment(): Record<string, string> {
    return {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: this.directory,
      LC_ALL: 'C.UTF-8',
      PROCSAVER_HOME: this.home,
      TEST_WORKPLACE: this.directory,
    };
  }

  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  folder(name: string): string {
    mkdirSync(this.path(name), { recursive: true });
    return this.path(name);
  }

  write(name: string, text: string, mode = 0o644): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text, { mode });
    return this.path(name);
  }

  /** Runs the program with these words, as an operator would. */
  async command(...words: string[]): Promise<Outcome> {
    return run([program, ...words], { environment: this.environment, directory: this.directory });
  }

  /** The same, where anything but success ends the test. */
  async done(...words: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.command(...words);
    if (status !== 0) throw new Error(`procsaver ${words.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  async status(): Promise<Status> {
    const client = await connectEngine(this.controlSocket);
    try {
      return await client.call('status', { target: null });
    } finally {
      client.close();
    }
  }

  /** One process of the status, by `group/process`. */
  async process(name: string): Promise<ProcessStatus> {
    const found = processIn(await this.status(), name);
    if (found === undefined) throw new Error(`the status has no process ${name}`);
    return found;
  }

  async pids(name: string): Promise<number[]> {
    return (await this.process(name)).instances.map(({ pid }) => pid);
  }

  /** Awaits that the processes run and are ready; returns the pids of the first instances. */
  async running(names: readonly string[], withinMs?: number): Promise<number[]> {
    return until(
      `${names.join(', ')} running`,
      async () => {
        const status = await this.status();
        const found = names.flatMap((name) => processIn(status, name) ?? []);
        const isUp = found.every(
          ({ state, instances, expected }) => state === 'running' && instances.length === expected,
        );
        return isUp && found.length === names.length && found.map(({ instances }) => instances[0]?.pid ?? 0);
      },
      withinMs,
    );
  }

  /** The journal, oldest first: of one process (`group/process`), where it is named. */
  notices(name?: string): NoticeLine[] {
    const lines = readFileSync(this.journalFile, 'utf8').split('\n');
    const all = lines.slice(0, -1).map((line) => JSON.parse(line) as NoticeLine);
    return name === undefined ? all : all.filter(({ group, process }) => `${group}/${process}` === name);
  }

  /** Awaits that so many notices of this id stand in the journal; returns the last of them. */
  async noticed(
    id: NoticeLine['id'],
    options: { name?: string; times?: number; withinMs?: number } = {},
  ): Promise<NoticeLine> {
    const { name, times = 1, withinMs } = options;
    return until(
      `${times} × ${id}${name === undefined ? '' : ` of ${name}`}`,
      () => {
        const found = this.notices(name).filter((notice) => notice.id === id);
        return found.length >= times && found.at(-1);
      },
      withinMs,
    );
  }

  living(): Living[] {
    return livingOf(this.directory);
  }

  /** To be done before everything is removed. */
  afterwards(work: () => void | Promise<void>): void {
    this.#afterwards.push(work);
  }

  /** Kills whatever still lives of this folder, and removes it. */
  async cleanUp(): Promise<void> {
    // One that fails must not keep the rest from being tidied up.
    const done: PromiseSettledResult<void>[] = [];
    for (const work of this.#afterwards.reverse()) done.push(...(await Promise.allSettled([work()])));
    await until('an end of everything that the test started', () => {
      const left = this.living();
      for (const one of left) killLiving(one);
      // A daemon that forks while the list is read may stand in neither place: only a second look finds it.
      return left.length === 0 && this.living().length === 0;
    });
    rmSync(this.directory, { recursive: true, force: true });
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  }
}

export function processIn(status: Status, name: string): ProcessStatus | undefined {
  const [group, process] = name.split('/');
  return status.groups.find((one) => one.name === group)?.processes.find((one) => one.name === process);
}
