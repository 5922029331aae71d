// Random histories of an engine that is killed at random moments, on real processes, checked by counting what lives.
import { setTimeout as delay } from 'node:timers/promises';
import { connectEngine } from '../../source/control/client.ts';
import type { EngineClient } from '../../source/control/engine-client.ts';
import { Chance } from '../simulation/chance.ts';
import { killLiving, type Living } from './living.ts';
import { program } from './program.ts';
import { Promised, profileLimit, wishes } from './promised.ts';
import { launch, startEngine, type TestedEngine } from './tested-engine.ts';
import { until } from './until.ts';
import { processIn, type Workplace } from './workplace.ts';

const names = Array.from({ length: 50 }, (_, index) => `p${index + 1}`);
const fullName = (name: string) => `all/${name}`;
/** Each has an argument of its own, by which it is counted: 86401, 86402, ... seconds. */
const secondsOf = (name: string) => 86400 + Number(name.slice(1));
const commandLine = (name: string) => `sleep ${secondsOf(name)}`;

/** A third restarts at once, a third after a moment, a third is slow to be ready: so that there is a middle of each. */
function profile(): string {
  const kinds = ['', ', restart: { delay: 60ms }', ', ready: { after: 80ms }'];
  const entries = names.map(
    (name, index) => `      ${name}: { command: [sleep, "${secondsOf(name)}"]${kinds[index % 3]} }`,
  );
  return `defaults:
  restart: { limit: ${profileLimit}, within: 24h, backoff: { initial: 40ms, max: 40ms } }
  stop: { grace: 1s }
groups:
  all:
    processes:
${entries.join('\n')}
`;
}

/** What one round does; a process is touched once at most, so that it is known what has to come of it. */
interface Round {
  readonly before: readonly Living[];
  readonly touched: Set<string>;
  /** Those of them that may have died of it. */
  readonly disturbed: Set<string>;
  readonly deeds: string[];
  readonly answers: Promise<void>[];
}

export class KillHistory {
  readonly #place: Workplace;
  readonly #chance: Chance;
  readonly #say: (line: string) => void;
  readonly #promised = new Map(names.map((name): [string, Promised] => [name, new Promised()]));
  #engine: TestedEngine | null = null;

  constructor(place: Workplace, seed: number, say: (line: string) => void) {
    this.#place = place;
    this.#chance = new Chance(seed);
    this.#say = say;
  }

  async begin(): Promise<void> {
    this.#engine = await startEngine(this.#place, this.#place.write('profile.yaml', profile()));
    await this.#settle();
    if (this.#living().length !== names.length)
      throw new Error(`${this.#living().length} of ${names.length} were started`);
  }

  /** Does something, kills the engine in the middle of it, starts the next one, and checks all that it has to be. */
  async round(number: number): Promise<void> {
    const client = await connectEngine(this.#place.controlSocket);
    const round: Round = { before: this.#living(), touched: new Set(), disturbed: new Set(), deeds: [], answers: [] };
    for (let times = this.#chance.between(0, 4); times > 0; times--) this.#disturb(round, client);
    const waitMs = this.#chance.pick([0, 0, 1, 2, 5, 10, 20, 40, 70, 100, 150]);
    if (waitMs > 0) await delay(waitMs);
    await this.#engine?.end('SIGKILL');
    client.close();
    await Promise.all(round.answers);
    round.deeds.push(`engine killed after ${waitMs} ms`);
    this.#checkTheCalm(round);

    // While nobody watches, somebody may die, too; and the next engine may be killed before it has taken over.
    if (this.#chance.happens(0.3)) this.#kill(round, this.#chance.pick(names));
    if (this.#chance.happens(0.3)) await this.#interruptStart(round);
    const survivors = this.#living().length;
    const startedAtMs = Date.now();
    this.#engine = await startEngine(this.#place, this.#place.path('profile.yaml'));
    await this.#settle();
    this.#say(`${number}: ${round.deeds.join(', ')}; ${survivors} alive`);
    this.#checkNotice(survivors, startedAtMs);
    this.#checkTheCalm(round);
    await this.#checkMemory();
  }

  /** Something that is not awaited. */
  #disturb(round: Round, client: EngineClient): void {
    const name = this.#chance.pick(names);
    const promised = this.#promised.get(name);
    if (promised === undefined || round.touched.has(name)) return;
    if (this.#chance.happens(0.3)) return this.#kill(round, name);
    // More resumes than pauses, or all would be paused and dead in the end.
    const wish = promised.isPaused && this.#chance.happens(0.7) ? 'resume' : this.#chance.pick(wishes);
    round.touched.add(name);
    if (wish === 'restart') round.disturbed.add(name);
    round.deeds.push(`${wish} ${name}`);
    round.answers.push(promised.ask(client, wish, fullName(name), this.#chance));
  }

  #kill(round: Round, name: string): void {
    const victim = this.#living().find((living) => living.commandLine === commandLine(name));
    if (victim === undefined || round.touched.has(name)) return;
    round.touched.add(name);
    round.disturbed.add(name);
    round.deeds.push(`kill ${name}`);
    killLiving(victim);
    this.#promised.get(name)?.died();
  }

  async #interruptStart(round: Round): Promise<void> {
    const waitMs = this.#chance.between(60, 400);
    const engine = launch([program, '--daemon', this.#place.path('profile.yaml')], this.#place);
    await delay(waitMs);
    await engine.end('SIGKILL');
    round.deeds.push(`the next one killed after ${waitMs} ms`);
  }

  /** The watched ones, as the kernel shows them. */
  #living(): Living[] {
    for (let looks = 0; looks < 100; looks++) {
      const found = this.#place.living();
      // In the middle of its exec a process has no arguments yet.
      if (found.every((one) => one.commandLine !== ''))
        return found.filter((one) => one.commandLine.startsWith('sleep '));
    }
    throw new Error('a process never got its arguments');
  }

  /** Until all that should run does. On the way nothing is ever there twice. */
  async #settle(): Promise<void> {
    await until('every process that is not paused runs', async () => {
      const lines = this.#living().map((living) => living.commandLine);
      const twice = lines.filter((line, index) => lines.indexOf(line) !== index);
      if (twice.length > 0) throw new Error(`started twice: ${twice.join(', ')}`);
      const status = await this.#place.status();
      const found = names.map((name) => processIn(status, fullName(name)));
      return found.every((one) => one?.state === 'running' || (one?.state === 'waiting' && one.paused !== null));
    });
  }

  /** Whoever nobody disturbed is the very process that it was. */
  #checkTheCalm({ before, disturbed }: Round): void {
    const now = new Set(this.#living().map(({ pid, startTime }) => `${pid}.${startTime}`));
    const restless = new Set([...disturbed].map(commandLine));
    const dead = before.filter((one) => !restless.has(one.commandLine) && !now.has(`${one.pid}.${one.startTime}`));
    if (dead.length > 0)
      throw new Error(
        `died or was replaced, though nobody touched it: ${dead.map((one) => one.commandLine).join(', ')}`,
      );
  }

  /** It is said once that an engine was lost, and how many were adopted. */
  #checkNotice(survivors: number, startedAtMs: number): void {
    const isOfThisEngine = ({ at }: { at: string }) => Date.parse(at) >= startedAtMs;
    const told = this.#place.notices().filter((notice) => notice.id === 'engine.recovered' && isOfThisEngine(notice));
    const adopted = Number(told[0]?.parameters['adopted']);
    // One that was asked to stop may have ended between our look and the engine's.
    if (told.length !== 1 || adopted > survivors || adopted < survivors - 4)
      throw new Error(`${survivors} were alive; engine.recovered was said ${told.length} times, of ${adopted}`);
  }

  /** Same pids as the kernel's, and counters, pauses and overrides as promised, in what the engine shows. */
  async #checkMemory(): Promise<void> {
    const status = await this.#place.status();
    const living = new Map(this.#living().map((one) => [one.commandLine, one.pid]));
    for (const name of names) {
      const shown = processIn(status, fullName(name));
      if (shown === undefined) throw new Error(`${name} was forgotten`);
      const pid = shown.instances[0]?.pid;
      const breach = this.#promised.get(name)?.breach(shown) ?? null;
      if (breach !== null) throw new Error(`${name}: ${breach}`);
      if (pid !== living.get(commandLine(name)))
        throw new Error(`${name}: the engine shows pid ${pid}, the kernel ${living.get(commandLine(name))}`);
      if (pid === undefined && shown.paused === null) throw new Error(`${name} is neither paused nor alive`);
    }
  }
}
