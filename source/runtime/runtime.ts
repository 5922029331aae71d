import { fewestOf } from '../engine/count.ts';
import type { Event, Happening } from '../engine/event.ts';
import type { Answer, Request } from '../engine/request.ts';
import type { EngineState } from '../engine/state.ts';
import { initialState, step } from '../engine/step.ts';
import type { Step } from '../engine/turn.ts';
import type { NoticeId } from '../notices/catalogue.ts';
import type { Notice } from '../notices/notice.ts';
import type { SampleLines, TraceLines } from '../ports/evidence.ts';
import type { Instance } from '../ports/instance.ts';
import type { Stranger } from '../ports/messages.ts';
import type { Ports } from '../ports/ports.ts';
import type { MatchQuery } from '../ports/process-table.ts';
import type { ProcessSpec, Profile } from '../profile/profile.ts';
import type { Surroundings } from './child.ts';
import { FlightRecorder, type ToldSample } from './flight-recorder.ts';
import { recordsWithoutMemory } from './lost-memory.ts';
import type { Outlets } from './perform.ts';
import { perform } from './perform.ts';
import { engineKey, engineRecord, findSurvivors, savedState } from './recovery.ts';
import { listenToService } from './services.ts';
import { Trace } from './trace.ts';
import { VitalSigns } from './vital-signs.ts';
import { Words } from './words.ts';

export interface RuntimeOptions {
  readonly ports: Ports;
  readonly surroundings: Surroundings;
  /** Unique to this life of the engine. */
  readonly generation: string;
  readonly seed: number;
  /** Each notice, in order, after its effects were carried out. */
  readonly onNotice: (notice: Notice) => void;
  /** The state has changed; called once when the queue has run empty. */
  readonly onChange: () => void;
  /** The engine has decided to end; no process is touched. */
  readonly onExit: (status: number) => void;
  /** Sees every step before its effects are carried out: a recorder, or the simulator with its laws. */
  readonly onStep?: (event: Event, before: EngineState, step: Step) => void;
  /** What is being taken for an incident now (`stack`, `core` ...), for people who wait. */
  readonly onProgress?: (progress: {
    readonly incident: string;
    readonly process: string;
    readonly stage: string;
  }) => void;
  /** The engine; the simulator proves its laws with broken ones. Default: `step`. */
  readonly step?: (state: EngineState, event: Event) => Step;
}

/** A pass over the machine for what a `match` entry lacks, and a slower one when nothing is lacking. */
const scanLackingMs = 5_000;
const scanCompleteMs = 60_000;

/**
 * The loop around the engine: owns the one state, takes events from one queue, carries the effects out.
 * Deterministic given its ports; it never waits.
 */
export class Runtime {
  /** How long each rule has been silent, for whoever looks on. */
  readonly vitalSigns: VitalSigns;
  /** What evidence is made of: the samples of an instance, and what the engine did lately. */
  readonly samples: SampleLines;
  readonly trace: TraceLines;
  /** The same samples, for whoever looks on. */
  readonly recorded: (instance: Instance) => Iterable<ToldSample>;
  #state: EngineState = initialState;
  readonly #recorder: FlightRecorder;
  readonly #words: Words;
  readonly #history = new Trace();
  readonly #options: RuntimeOptions;
  readonly #queue: Happening[] = [];
  readonly #searches = new Set<string>();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  readonly #outlets: Outlets;
  #requests = 0;
  #isDraining = false;
  #hasEnded = false;
  /** Decided in the step under way, and done when its notices are told: why it ends is said before that it ends. */
  #exitStatus: number | null = null;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    const { ports } = options;
    this.trace = () => this.#history.lines();
    this.#recorder = new FlightRecorder(ports, (slot) => (this.#specOf(processOf(slot))?.keep ?? 0) > 0);
    this.samples = (instance) => this.#recorder.lines(instance);
    this.recorded = (instance) => this.#recorder.told(instance);
    this.vitalSigns = new VitalSigns(ports, {
      probed: (slot, instance, verdict) => this.happen({ type: 'probed', slot, instance, verdict }),
      sampled: (instance, taken) => this.#recorder.take(instance, taken),
    });
    this.#words = new Words(ports, {
      beat: (instance) => this.vitalSigns.beat(instance),
      said: (slot, instance, message) => this.happen({ type: 'said', slot, instance, message }),
    });
    this.#outlets = {
      happen: (event) => this.happen(event),
      search: (process) => this.#searches.add(process),
      answer: (id, answer) => this.#answer(id, answer),
      exit: (status) => {
        this.#exitStatus = status;
      },
      watched: (slot, instance) => this.#watched(slot, instance),
      unwatched: (instance) => {
        ports.messages.unlisten(instance);
        this.#words.end(instance);
        this.#recorder.end(instance);
      },
      vitalSigns: this.vitalSigns,
      progress: (incident, process, stage) => options.onProgress?.({ incident, process, stage }),
      saveFailed: (problem) => this.#noteFailure('saving the state', problem),
    };
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Takes over what an earlier engine left, puts the profile in force and begins to watch. Calls `begun` when the first step is done. */
  begin(profile: Profile, begun: () => void): void {
    const { ports, generation, seed, surroundings } = this.#options;
    ports.messages.onStranger((stranger) => this.#noteStranger(stranger));
    const { records, problems } = ports.store.load();
    for (const problem of problems) this.#noteFailure('reading the state', problem);
    const isForgotten = problems.length > 0 && records[engineKey] === undefined;
    const known = isForgotten
      ? { ...recordsWithoutMemory(profile), [engineKey]: engineRecord(ports.clock, false) }
      : records;
    const saved = savedState(known, ports.clock);
    findSurvivors(saved, profile, surroundings, ports.table, ({ alive, launched }) => {
      const problem = ports.store.append({
        ...(isForgotten ? known : {}),
        [engineKey]: engineRecord(ports.clock, false),
      });
      if (problem !== null) this.#noteFailure('saving the state', problem);
      this.happen({ type: 'began', profile, generation, seed, saved, alive, launched });
      this.#scheduleScan();
      begun();
    });
  }

  /** Puts another profile in force. */
  change(profile: Profile): void {
    this.happen({ type: 'profile-changed', profile });
  }

  /** An operator's request; answered when it is decided, before what it sets going is done. */
  request(by: string, request: Request, answer: (answer: Answer) => void): void {
    this.#requests += 1;
    this.#answers.set(this.#requests, answer);
    this.happen({ type: 'requested', id: this.#requests, by, request });
  }

  /** Ends in order: the next engine knows that nothing went wrong. No process is touched. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { ports } = this.#options;
    ports.store.append({ [engineKey]: engineRecord(ports.clock, true) });
  }

  happen(event: Happening): void {
    if (this.#hasEnded) return;
    this.#queue.push(event);
    if (!this.#isDraining) this.#drain();
  }

  #drain(): void {
    this.#isDraining = true;
    try {
      do {
        for (let event = this.#queue.shift(); event !== undefined && !this.#hasEnded; event = this.#queue.shift())
          this.#take(event);
        this.#searchNow();
      } while (this.#queue.length > 0 && !this.#hasEnded);
    } finally {
      this.#isDraining = false;
    }
    this.#options.onChange();
  }

  #take(event: Happening): void {
    const { ports, surroundings, onNotice, onStep } = this.#options;
    const dated: Event = { ...event, at: ports.clock.now() };
    const before = this.#state;
    const taken = (this.#options.step ?? step)(before, dated);
    const { state, effects, notices } = taken;
    this.#state = state;
    this.#history.take(dated, before, state, notices);
    onStep?.(dated, before, taken);
    for (const effect of effects) perform(effect, ports, this.#outlets, surroundings);
    for (const notice of notices) onNotice(notice);
    if (this.#exitStatus !== null) this.#exit(this.#exitStatus);
  }

  #watched(slot: string, instance: Instance): void {
    this.#recorder.begin(slot, instance);
    this.#options.ports.messages.listen(instance, (message) => this.#words.hear(slot, instance, message));
  }

  #searchNow(): void {
    if (this.#searches.size === 0 || this.#hasEnded) return;
    const names = [...this.#searches];
    this.#searches.clear();
    for (const name of names) {
      const spec = this.#specOf(name);
      if (spec?.kind === 'service') listenToService(name, spec, this.#options.ports.services, this.#outlets);
    }
    this.#find(names, (process, found) => this.happen({ type: 'searched', process, found }));
  }

  #specOf(name: string): ProcessSpec | undefined {
    return this.#state.processes[this.#state.plan.indexOf.get(name) ?? -1]?.spec;
  }

  #find(names: readonly string[], report: (process: string, found: readonly Instance[]) => void): void {
    const wanted = names.flatMap((name) => {
      const spec = this.#specOf(name);
      return spec?.kind === 'match' ? [{ name, query: spec.match }] : [];
    });
    if (wanted.length === 0) return;
    const queries: MatchQuery[] = wanted.map(({ query }) => query);
    this.#options.ports.table.find(queries, (found) => {
      for (const [index, { name }] of wanted.entries()) report(name, found[index] ?? []);
    });
  }

  /** The slow scan behind the kernel's notifications: sees what something else has started. */
  #scheduleScan(): void {
    const { ports } = this.#options;
    const matches = this.#state.processes.filter((process) => process.spec.kind === 'match');
    const isLacking = matches.some((process) =>
      process.slots.some((slot) => slot.living.length < fewestOf(process.spec)),
    );
    const atMs = ports.clock.now().monoMs + (isLacking ? scanLackingMs : scanCompleteMs);
    ports.timers.set('runtime:scan', atMs, () => {
      if (this.#hasEnded) return;
      this.#find(matchNames(this.#state), (process, found) => {
        if (found.length > 0) this.happen({ type: 'searched', process, found });
      });
      this.#scheduleScan();
    });
  }

  #answer(id: number, answer: Answer): void {
    const listener = this.#answers.get(id);
    this.#answers.delete(id);
    listener?.(answer);
  }

  #exit(status: number): void {
    if (this.#hasEnded) return;
    this.end();
    this.#options.onExit(status);
  }

  #noteFailure(action: string, reason: string): void {
    this.#note('action.failed', { target: 'engine', action, reason });
  }

  #noteStranger({ pid, who, said, reason }: Stranger): void {
    if (!this.#hasEnded) this.#note('message.refused', { pid, who, said, reason });
  }

  /** A notice that is about the engine itself, and no decision of its. */
  #note(id: NoticeId, parameters: Notice['parameters']): void {
    const atMs = this.#options.ports.clock.now().wallMs;
    this.#options.onNotice({ id, atMs, group: null, process: null, instance: null, by: null, parameters });
  }
}

function processOf(slot: string): string {
  return slot.slice(0, slot.lastIndexOf('#'));
}

function matchNames(state: EngineState): string[] {
  return state.processes.filter((process) => process.spec.kind === 'match').map((process) => process.name);
}
