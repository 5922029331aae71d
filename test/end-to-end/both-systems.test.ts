// The cases of both systems, on Linux.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CasePlace, patienceMs } from '../both-systems/case-place.ts';
import { cases, onlyOn } from '../both-systems/cases.ts';
import { placeOfTest } from './place-of-test.ts';
import { startEngine, type TestedEngine } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

const yaml = (words: readonly string[]): string => JSON.stringify(words);
const shell = (script: string, word: string): string[] => ['/bin/sh', '-c', script, word];
const works = 'while echo "$0"; do sleep 0.3; done';

class LinuxCasePlace implements CasePlace {
  readonly system = 'linux';
  readonly crashing = yaml(['/bin/sh', '-c', 'kill -SEGV $$']);
  readonly chatty = 'while true; do for i in $(seq 2500); do echo a line of output; done; sleep 1; done';
  readonly #place: Workplace;
  #engine: TestedEngine | null = null;
  #profile = '';

  constructor(place: Workplace) {
    this.#place = place;
  }

  working = (word: string): string => yaml(shell(works, word));

  orphaning = (word: string): string => yaml(shell(`(/bin/sh -c '${works}' "$0-orphan" &); ${works}`, word));

  ending = (status: number, text: string): string => yaml(['/bin/sh', '-c', `echo '${text}'; exit ${status}`]);

  startBeside(word: string): void {
    const { directory, environment } = this.#place;
    const [file = '', ...words] = shell(works, word);
    spawn(file, words, { cwd: directory, env: environment, stdio: 'ignore', detached: true }).unref();
  }

  startingBeside = (word: string): string =>
    yaml(['/bin/sh', '-c', `setsid /bin/sh -c '${works}' ${word} > /dev/null 2>&1 &`]);

  async watch(profile: string): Promise<void> {
    this.#profile = this.write('profile.yaml', profile);
    await this.watchAgain();
  }

  async watchAgain(): Promise<void> {
    this.#engine = await startEngine(this.#place, this.#profile);
  }

  async killEngine(): Promise<void> {
    await this.#engine?.end('SIGKILL');
  }

  async kill(pid: number): Promise<void> {
    process.kill(pid, 'SIGKILL');
  }

  async halt(pid: number): Promise<void> {
    process.kill(pid, 'SIGSTOP');
  }

  async living(word: string): Promise<number[]> {
    return this.#place.living().flatMap(({ pid }) => (isMeant(pid, word) ? [pid] : []));
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
  notices = (name?: string) => this.#place.notices(name);
  noticed: CasePlace['noticed'] = (id, options = {}) => this.#place.noticed(id, { ...options, withinMs: patienceMs });
  evidenceFiles = (folder: string) => readdirSync(folder);

  running(name: string): Promise<number[]> {
    return until(`${name} running`, async () => {
      const { state, instances, expected } = await this.process(name);
      return state === 'running' && instances.length === expected && instances.map(({ pid }) => pid);
    });
  }
}

/** The last word of its command line begins with it: the shells, not their sleeps. */
function isMeant(pid: number, word: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[0] === '/bin/sh' && words[3]?.startsWith(word) === true;
  } catch {
    return false;
  }
}

for (const { name, run } of cases) test(name, () => run(new LinuxCasePlace(placeOfTest())));

test('what runs on one system only has a reason', () => {
  for (const [what, why] of onlyOn.linux) process.stderr.write(`On Linux only: ${what} (${why}).\n`);
  expect(onlyOn.linux.every(([, why]) => why !== '')).toBe(true);
});
