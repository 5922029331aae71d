import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Outcome, run } from '../end-to-end/program.ts';
import { windowsProgram } from './windows-programs.ts';
import { inWine, wineFolder } from './wine.ts';

/** What of a Windows nothing ever writes in place, so that copies may share it. */
const shared = ['windows', 'Program Files', 'Program Files (x86)'];

/** A Windows of one test's own: services, registry, processes and a drive C: that no other test sees. */
export class WindowsMachine {
  /** Of Linux; as Wine calls it, the prefix. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;

  constructor() {
    const template = join(wineFolder, 'template');
    // Beside the template, because what is shared must lie on one disk.
    this.folder = mkdtempSync(join(wineFolder, 'runs', 'test-'));
    const drive = join(this.folder, 'drive_c');
    mkdirSync(drive);
    for (const name of readdirSync(template))
      if (name !== 'drive_c') cpSync(join(template, name), join(this.folder, name), copying);
    for (const name of readdirSync(join(template, 'drive_c'))) {
      const from = join(template, 'drive_c', name);
      if (shared.includes(name)) execFileSync('cp', ['--archive', '--link', from, drive]);
      else cpSync(from, join(drive, name), copying);
    }
    this.environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
  }

  /** Of Linux, where `C:\\NAME\\...` lies. */
  path(...names: string[]): string {
    return join(this.folder, 'drive_c', ...names);
  }

  /** Runs a Windows command to its end. What it writes comes through pipes of Windows. */
  async run(command: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const words = inWine(this.folder, ['wine64', windowsProgram('relay'), ...command]);
    const environment = { ...this.environment, ...more };
    return run(words, { environment, directory: this.folder, withinMs: 120_000 });
  }

  /** The same, where anything but success ends the test. */
  async done(command: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run(command, more);
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Starts a Windows program that goes on; the process of Linux is the program itself. What it writes goes into the file. */
  start(command: readonly string[], output: string, more: Readonly<Record<string, string>> = {}): ChildProcess {
    const [file = '', ...words] = inWine(this.folder, ['wine64', ...command]);
    const out = openSync(output, 'a');
    try {
      return spawn(file, words, {
        cwd: this.folder,
        env: { ...this.environment, ...more },
        stdio: ['ignore', out, out],
      });
    } finally {
      closeSync(out);
    }
  }

  /** Starts Windows, which goes on until the end of the test: a start takes seconds, and the next command finds it there. */
  boot(): void {
    // Its own services inherit the standard streams of whoever starts it, and would keep pipes open for ever.
    for (const command of [
      ['wineserver64', '-p'],
      ['wine64', 'cmd', '/c', 'ver'],
    ])
      execFileSync('bash', inWine(this.folder, command), { env: this.environment, stdio: 'ignore' });
  }

  /** Ends a process as nothing can prevent. */
  async kill(pid: number): Promise<void> {
    await this.done(['taskkill', '/f', '/pid', String(pid)]);
  }

  /** Everything that runs on it is ended, and all of it is removed. */
  async cleanUp(): Promise<void> {
    try {
      execFileSync('bash', inWine(this.folder, ['wineserver64', '-k']), { env: this.environment, stdio: 'ignore' });
    } catch {
      // It was not running.
    }
    for (let left = this.#processes(); left.length > 0; left = this.#processes()) {
      for (const pid of left) killIfThere(pid);
      await delay(50);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Of Linux; every process of this Windows has its folder in the environment. */
  #processes(): number[] {
    return readdirSync('/proc').flatMap((name) => {
      if (!/^\d+$/.test(name)) return [];
      try {
        const isOurs = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`WINEPREFIX=${this.folder}`);
        return isOurs ? [Number(name)] : [];
      } catch {
        return [];
      }
    });
  }
}

const copying = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true } as const;

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
