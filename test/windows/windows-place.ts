import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Status } from '../../source/control/protocol.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import type { Outcome } from '../end-to-end/program.ts';
import { until } from '../end-to-end/until.ts';
import { processIn } from '../end-to-end/workplace.ts';
import { machineOfTest } from './machine-of-test.ts';
import type { WindowsMachine } from './windows-machine.ts';
import { windowsExecutable } from './windows-programs.ts';

/** Each command starts a program under Wine, so looking costs a second, and changes take a few. */
const patienceMs = 60_000;

/** procsaver on a Windows of its own: `C:\\place`, with its PROCSAVER_HOME in it. */
export class WindowsPlace {
  readonly machine: WindowsMachine;
  readonly environment = { PROCSAVER_HOME: 'C:\\place\\home' };

  constructor(machine: WindowsMachine) {
    this.machine = machine;
    mkdirSync(machine.path('place', 'home'), { recursive: true });
  }

  /** Of Linux. */
  path(...names: string[]): string {
    return this.machine.path('place', ...names);
  }

  /** Returns the file's path on Windows. */
  write(name: string, text: string): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
    return `C:\\place\\${name.replaceAll('/', '\\')}`;
  }

  /** Runs procsaver with these words, as an operator would. */
  async command(...words: string[]): Promise<Outcome> {
    return this.machine.run([windowsExecutable, ...words], this.environment);
  }

  /** The same, where anything but success ends the test. */
  async done(...words: string[]): Promise<string> {
    return this.machine.done([windowsExecutable, ...words], this.environment);
  }

  /** Writes the profile, starts the daemon with it, and waits until it answers. `more` is added to its environment. */
  async watch(profile: string, more: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
    const file = this.write('profile.yaml', profile);
    const log = this.path('daemon.log');
    const environment = { ...this.environment, ...more };
    const daemon = this.machine.start([windowsExecutable, '--daemon', file], log, environment);
    await until(
      'an engine that answers',
      async () => {
        if (daemon.exitCode !== null) throw new Error(`the engine ended at once: ${readFileSync(log, 'utf8')}`);
        return this.status().then(
          () => true,
          () => false,
        );
      },
      patienceMs,
    );
    return daemon;
  }

  async status(): Promise<Status> {
    // Ends with 3 while something is not as it should be.
    const { stdout, stderr } = await this.command('status', '--json');
    if (stdout === '') throw new Error(`no status: ${stderr}`);
    return JSON.parse(stdout) as Status;
  }

  /** One process of the status, by `group/process`. */
  async process(name: string): Promise<ProcessStatus> {
    const found = processIn(await this.status(), name);
    if (found === undefined) throw new Error(`the status has no process ${name}`);
    return found;
  }

  /** Awaits that the process runs in all its instances; returns their pids, which are Windows's own. */
  async running(name: string): Promise<number[]> {
    return until(
      `${name} running`,
      async () => {
        const { state, instances, expected } = await this.process(name);
        return state === 'running' && instances.length === expected && instances.map(({ pid }) => pid);
      },
      patienceMs,
    );
  }

  /** The journal, oldest first: of one process (`group/process`), where it is named. */
  notices(name?: string): NoticeLine[] {
    const lines = readFileSync(this.path('home/default/journal.jsonl'), 'utf8').split('\n');
    const all = lines.slice(0, -1).map((line) => JSON.parse(line) as NoticeLine);
    return name === undefined ? all : all.filter(({ group, process }) => `${group}/${process}` === name);
  }

  /** Awaits that so many notices of this id stand in the journal; returns the last of them. */
  async noticed(id: NoticeLine['id'], options: { name?: string; times?: number } = {}): Promise<NoticeLine> {
    const { name, times = 1 } = options;
    return until(
      `${times} × ${id}${name === undefined ? '' : ` of ${name}`}`,
      () => {
        const found = this.notices(name).filter((notice) => notice.id === id);
        return found.length >= times && found.at(-1);
      },
      patienceMs,
    );
  }
}

/** A Windows with a place for procsaver on it, cleaned up when the test ends. */
export function windowsPlaceOfTest(): WindowsPlace {
  return new WindowsPlace(machineOfTest());
}
