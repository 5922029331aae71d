// Random histories of an engine that is killed at random moments, on real processes, checked by counting what lives.
import { setTimeout as delay } from 'node:timers/promises';
import { connectEngine } from '../../source/control/client.ts';
import type { EngineClient } from '../../source/control/engine-client.ts';
import type { Request } from '../../source/engine/request.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import { Chance } from '../simulation/chance.ts';
import { killLiving, type Living, livingAt } from './living.ts';
import { program } from './program.ts';
import { launch, startEngine, type TestedEngine } from './tested-engine.ts';
import { until } from './until.ts';
import { processIn, type Workplace } from './workplace.ts';

/** What the engine has to remember of one process, as far as its answers promised it. */
interface Expected {
  restarts: number;
  /** Null: not paused. */
  why: string | null;
  limit: number;
}

const count = 50;
const usualLimit = 1000;
const names = Array.from({ length: count }, (_, index) => `p${index + 1}`);
const fullName = (name: string) => `all/${name}`;
/** Each has an argument of its own, by which it is counted: 86401, 86402, ... seconds. */
const commandLine = (name: string) => `sleep ${86400 + Number(name.slice(1))}`;

/** A third restarts at once, a third after a moment, a third is slow to be ready: so that there is a middle of each. */
function profile(): string {
  const kinds = ['', ', restart: { delay: 60ms }', ', ready: { after: 80ms }'];
  const entries = names.map(
    (name, index) => `      ${name}: { command: [${commandLine(name).replace(' ', ', "')}"]${kinds[index % 3]} }\n`,
  );
  return [
    'defaults:',
    `  restart: { limit: ${usualLimit}, within: 24h, backoff: { initial: 40ms, max: 40ms } }`,
    '  stop: { grace: 1s }',
    'groups:',
    '  all:',
    '    processes:',
    entries.join(''),
  ].join('\n');
}

export class KillHistory {
  readonly #place: Workplace;
  readonly #chance: Chance;
  readonly #say: (line: string) => void;
  readonly #expected = new Map(
    names.map((name): [string, Expected] => [name, { restarts: 0, why: null, limit: usualLimit }]),
  );
  #engine: TestedEngine | null = null;
  /** Engines that took over, and those of them that were killed on the way, before or after they could say so. */
  #recoveries = 0;
  #interrupted = 0;
  /** What a deed of this round is about: one process, one deed, so that it is known what has to come of it. */
  readonly #touched = new Set<string>();

  constructor(place: Workplace, seed: number, say: (line: string) => void) {
    this.#place = place;
    this.#chance = new Chance(seed);
    this.#say = say;
  }

  async begin(): Promise<void> {
    this.#engine = await startEngine(this.#place, this.#place.write('profile.yaml', profile()));
    await this.#settle();
    this.#check();
  }

  /** Does something, kills the engine in the middle of it, starts the next one, and checks all that it has to be. */
  async round(number: number): Promise<void> {
    const client = await connectEngine(this.#place.controlSocket);
    const before = this.#living();
    const disturbed = new Set<string>();
    this.#touched.clear();
    const deeds = this.#disturb(client, before, disturbed);
    const waitMs = this.#chance.pick([0, 0, 1, 2, 5, 10, 20, 40, 70, 100, 150]);
    if (waitMs > 0) await delay(waitMs);
    await this.#engine?.end('SIGKILL');
    client.close();
    await Promise.allSettled(deeds.map(({ done }) => done));
    this.#noOneDied(before, disturbed);

    // While nobody watches, somebody may die, too.
    const unseen = this.#chance.happens(0.3) ? this.#kill(this.#chance.pick(names), disturbed) : [];
    const interrupted = this.#chance.happens(0.3) ? await this.#interruptStart() : '';
    const survivors = this.#living().length;
    this.#engine = await startEngine(this.#place, this.#place.path('profile.yaml'));
    await this.#settle();
    const told = [...deeds.map(({ what }) => what), ...unseen.map((what) => `${what} unseen`)];
    this.#say(
      `${number}: ${told.join(', ') || 'nothing'}; engine killed after ${waitMs} ms${interrupted}; ${survivors} alive`,
    );
    await this.#checkRecovery(survivors);
    this.#check();
    this.#noOneDied(before, disturbed);
    await this.#checkMemory();
  }

  /** A few things at once, none of them awaited. */
  #disturb(
    client: EngineClient,
    before: readonly Living[],
    disturbed: Set<string>,
  ): { what: string; done: Promise<void> }[] {
    const deeds: { what: string; done: Promise<void> }[] = [];
    const free = names.filter((name) => before.some((living) => living.commandLine === commandLine(name)));
    for (let times = this.#chance.between(0, 4); times > 0; times--) {
      const name = this.#chance.pick(free);
      const known = this.#expected.get(name);
      if (known === undefined || this.#touched.has(name)) continue;
      const deed = this.#chance.pick(['kill', 'kill', 'restart', 'pause', 'resume', 'set', 'unset'] as const);
      if (deed === 'kill') {
        deeds.push(...this.#kill(name, disturbed).map((what) => ({ what, done: Promise.resolve() })));
      } else {
        this.#touched.add(name);
        if (deed === 'restart') disturbed.add(name);
        deeds.push({ what: `${deed} ${name}`, done: this.#request(client, deed, name, known) });
      }
    }
    return deeds;
  }

  /** Another engine begins to take over, and is killed in the middle of that. */
  async #interruptStart(): Promise<string> {
    const waitMs = this.#chance.between(60, 400);
    const engine = launch([program, '--daemon', this.#place.path('profile.yaml')], this.#place);
    await delay(waitMs);
    await engine.end('SIGKILL');
    this.#interrupted += 1;
    return `, the next one ${waitMs} ms after its start`;
  }

  #kill(name: string, disturbed: Set<string>): string[] {
    const known = this.#expected.get(name);
    const victim = this.#living().find((living) => living.commandLine === commandLine(name));
    if (victim === undefined || known === undefined || this.#touched.has(name)) return [];
    this.#touched.add(name);
    disturbed.add(name);
    killLiving(victim);
    // What dies under a pause is not restarted, so nothing counts.
    if (known.why === null) known.restarts += 1;
    return [`kill ${name}`];
  }

  /** The engine has to remember what it has answered to. What it had no time to answer it may have done, or not. */
  async #request(
    client: EngineClient,
    deed: 'restart' | 'pause' | 'resume' | 'set' | 'unset',
    name: string,
    known: Expected,
  ): Promise<void> {
    const target = fullName(name);
    const why = `reason ${this.#chance.between(1, 999)}`;
    const limit = this.#chance.between(1001, 2000);
    const requests: Record<typeof deed, Request> = {
      restart: { verb: 'restart', target },
      pause: { verb: 'pause', target, why, untilMs: null },
      resume: { verb: 'resume', target },
      set: { verb: 'set', target, values: { 'restart.limit': limit } },
      unset: { verb: 'unset', target, fields: [] },
    };
    const outcomes: Record<typeof deed, Partial<Expected>> = {
      restart: {},
      pause: { why },
      resume: { why: null },
      set: { limit },
      unset: { limit: usualLimit },
    };
    try {
      const answer = await client.call('act', requests[deed]);
      if (answer.ok) Object.assign(known, outcomes[deed]);
    } catch {
      this.#open.set(name, outcomes[deed]);
    }
  }

  /** Requests that were on their way when the engine died. */
  readonly #open = new Map<string, Partial<Expected>>();

  #living(): Living[] {
    return this.#place.living().filter(({ commandLine: line }) => line.startsWith('sleep '));
  }

  /** Until all that should run does. On the way no process is ever there twice. */
  async #settle(): Promise<void> {
    await until('every process that is not paused runs', async () => {
      this.#noOneTwice();
      const status = await this.#place.status();
      const found = names.map((name) => processIn(status, fullName(name)));
      return found.every(
        (process) => process?.state === 'running' || (process?.paused !== null && process?.state === 'waiting'),
      );
    });
  }

  #noOneTwice(): void {
    const lines = this.#living().map((living) => living.commandLine);
    const twice = lines.filter((line, index) => lines.indexOf(line) !== index);
    if (twice.length > 0) throw new Error(`started twice: ${twice.join(', ')}`);
  }

  /** Whoever nobody touched is the very process that it was. */
  #noOneDied(before: readonly Living[], disturbed: ReadonlySet<string>): void {
    const now = new Set(this.#living().map(({ pid, startTime }) => `${pid}.${startTime}`));
    const calm = before.filter((living) => ![...disturbed].some((name) => commandLine(name) === living.commandLine));
    const dead = calm.filter(({ pid, startTime }) => !now.has(`${pid}.${startTime}`));
    if (dead.length > 0)
      throw new Error(
        `died or was replaced, though nobody touched it: ${dead.map((one) => one.commandLine).join(', ')}`,
      );
  }

  #check(): void {
    this.#noOneTwice();
    const living = this.#living().length;
    const paused = [...this.#expected.values()].filter(({ why }) => why !== null).length;
    if (living > count || living < count - paused - this.#open.size)
      throw new Error(`${living} processes live instead of ${count}, of which ${paused} are paused`);
  }

  /** Said once each time, with the numbers of those that were there. */
  async #checkRecovery(survivors: number): Promise<void> {
    this.#recoveries += 1;
    const told = this.#place.notices().filter(({ id }) => id === 'engine.recovered');
    if (told.length < this.#recoveries || told.length > this.#recoveries + this.#interrupted)
      throw new Error(`engine.recovered stands in the journal ${told.length} times instead of ${this.#recoveries}`);
    const adopted = told.at(-1)?.parameters['adopted'];
    // One that was asked to stop may have ended between our look and the engine's.
    const stopping = Number(survivors) - Number(adopted);
    if (stopping < 0 || stopping > 4) throw new Error(`${survivors} were alive, ${String(adopted)} were adopted`);
  }

  /** Same pids, counters, pauses and overrides as before, in what the engine shows. */
  async #checkMemory(): Promise<void> {
    const status = await this.#place.status();
    const t0 = performance.now();
    const living = new Map(this.#living().map((one) => [one.commandLine, one.pid]));
    for (const name of names) {
      const process = processIn(status, fullName(name));
      const known = this.#expected.get(name);
      if (process === undefined || known === undefined) throw new Error(`${name} was forgotten`);
      this.#takeOpen(name, known, process);
      const seen = {
        pid: process.instances[0]?.pid,
        count: process.restarts.count,
        why: process.paused?.why ?? null,
        limit: process.restarts.limit,
      };
      const due = { pid: living.get(commandLine(name)), count: known.restarts, why: known.why, limit: known.limit };
      if (JSON.stringify(seen) !== JSON.stringify(due))
        throw new Error(
          `${name}: the engine says ${JSON.stringify(seen)}, but it is ${JSON.stringify(due)}; DEBUG ${JSON.stringify(livingAt(seen.pid ?? 0))} ${performance.now() - t0} ${JSON.stringify(this.#living().filter((l) => l.pid === seen.pid))}`,
        );
    }
    this.#open.clear();
  }

  /** What nobody was promised may be so or so, but it is the one or the other. */
  #takeOpen(name: string, known: Expected, process: ProcessStatus): void {
    const open = this.#open.get(name);
    if (open === undefined) return;
    if ('why' in open && (process.paused?.why ?? null) === open.why) known.why = open.why ?? null;
    if ('limit' in open && process.restarts.limit === open.limit) known.limit = open.limit ?? usualLimit;
  }
}
