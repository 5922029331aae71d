// The cases of both systems, on Windows.
import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { type CasePlace, patienceMs } from '../both-systems/case-place.ts';
import { cases, onlyOn } from '../both-systems/cases.ts';
import { until } from '../end-to-end/until.ts';
import { onWindows } from './on-windows.ts';
import { type WindowsPlace, windowsPlaceOfTest } from './windows-place.ts';
import { windowsProgram } from './windows-programs.ts';

const program = (name: string): string => `Z:${windowsProgram(name).replaceAll('/', '\\')}`;
const yaml = (words: readonly string[]): string => JSON.stringify(words);

class WindowsCasePlace implements CasePlace {
  readonly system = 'windows';
  readonly crashing = yaml([program('crashes')]);
  readonly chatty =
    'for /l %a in (0,0,1) do @((for /l %i in (1,1,2500) do @echo a line of output) & ping -n 2 127.0.0.1 >NUL)';
  readonly #place: WindowsPlace;
  #profile = '';
  #scripts = 0;

  constructor(place: WindowsPlace) {
    this.#place = place;
  }

  working = (word: string): string => yaml([program('writes'), word]);
  orphaning = (word: string): string => yaml([program('family'), word]);

  ending(status: number, text: string): string {
    return yaml([this.write(`ends-${this.#scripts++}.cmd`, `@echo ${text}\r\n@exit /b ${status}\r\n`)]);
  }

  startBeside(word: string): void {
    this.#place.machine.start([program('writes'), word], this.#place.path(`${word}.log`));
  }

  startingBeside(word: string): string {
    const script = this.write(`${word}.cmd`, `@start /b "" "${program('writes')}" ${word} >NUL 2>&1\r\n`);
    return yaml([script]);
  }

  async watch(profile: string): Promise<void> {
    this.#profile = profile;
    await this.watchAgain();
  }

  async watchAgain(): Promise<void> {
    await this.#place.watch(this.#profile);
  }

  async killEngine(): Promise<void> {
    const { engine } = await this.status();
    await this.kill(engine.pid);
    await until(
      'an engine that has ended',
      () =>
        this.status().then(
          () => false,
          () => true,
        ),
      patienceMs,
    );
  }

  kill = (pid: number): Promise<void> => this.#place.machine.kill(pid);

  async halt(pid: number): Promise<void> {
    await this.#place.machine.done([program('suspends'), String(pid)]);
  }

  async living(word: string): Promise<number[]> {
    const lines = (await this.#place.machine.done([program('lists')])).trim().split(/\r?\n/);
    return lines.flatMap((line) => {
      const [pid = '', first = '', second = ''] = line.split('\t');
      return /writes|family/.test(first) && second.startsWith(word) ? [Number(pid)] : [];
    });
  }

  get outputFolder(): string {
    return this.#place.path('home/default/output');
  }

  get stateFile(): string {
    return this.#place.path('home/default/state.jsonl');
  }

  write = (name: string, text: string) => this.#place.write(name, text);
  command = (...words: string[]) => this.#place.command(...words);
  done = (...words: string[]) => this.#place.done(...words);
  status = () => this.#place.status();
  process = (name: string) => this.#place.process(name);
  running = (name: string) => this.#place.running(name);
  notices = (name?: string) => this.#place.notices(name);
  noticed: CasePlace['noticed'] = (id, options) => this.#place.noticed(id, options);

  /** The notice names the folder as Windows does. */
  evidenceFiles = (folder: string) =>
    readdirSync(this.#place.machine.path(...folder.replace(/^C:\\/i, '').split('\\')));
}

for (const { name, run } of cases) onWindows(name, () => run(new WindowsCasePlace(windowsPlaceOfTest())));

onWindows('what runs on one system only has a reason', () => {
  for (const [what, why] of onlyOn.windows) process.stderr.write(`On Windows only: ${what} (${why}).\n`);
  expect(onlyOn.windows.every(([, why]) => why !== '')).toBe(true);
});
