import type { Effect } from '../../source/engine/effect.ts';
import type { Began, Happening } from '../../source/engine/event.ts';
import type { Answer, Request } from '../../source/engine/request.ts';
import type { Sign } from '../../source/engine/sign.ts';
import { snapshot } from '../../source/engine/snapshot.ts';
import type { EngineState, Slot } from '../../source/engine/state.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import { initialState, step } from '../../source/engine/step.ts';
import type { Notice } from '../../source/notices/notice.ts';
import type { Exit, Instance } from '../../source/ports/instance.ts';
import { parseProfiles } from '../../source/profile/parse.ts';
import type { Profile } from '../../source/profile/profile.ts';

const second = 1_000;

export function profileOf(text: string): Profile {
  const parsed = parseProfiles([{ file: 'test.yaml', text }], {
    environment: {},
    system: 'linux',
    readFile: () => null,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.profile;
}

/** Effects that touch no process. */
const beside: ReadonlySet<Effect['do']> = new Set([
  'save',
  'set-timer',
  'clear-timer',
  'answer',
  'watch-signs',
  'unwatch-signs',
  'look',
  'beat',
  'collect',
]);

/** The pure engine, driven by hand: a test says what happens and reads what the engine wants. */
export class DrivenEngine {
  state: EngineState = initialState;
  nowMs = 100 * second;
  effects: readonly Effect[] = [];
  readonly notices: Notice[] = [];
  #pid = 100;
  #answer: Answer | null = null;
  readonly #collected: Extract<Effect, { do: 'collect' }>[] = [];

  /** The first step of a life; `earlier`: what was saved and what lives still. */
  begin(text: string, earlier: Partial<Pick<Began, 'saved' | 'alive' | 'launched'>> = {}): this {
    return this.happen({
      type: 'began',
      profile: profileOf(text),
      generation: 'life',
      seed: 1,
      saved: null,
      alive: [],
      launched: {},
      ...earlier,
    });
  }

  happen(event: Happening): this {
    const taken = step(this.state, { ...event, at: { monoMs: this.nowMs, wallMs: 1_700_000_000_000 + this.nowMs } });
    this.state = taken.state;
    this.effects = taken.effects;
    this.notices.push(...taken.notices);
    for (const effect of taken.effects) {
      if (effect.do === 'answer') this.#answer = effect.answer;
      if (effect.do === 'collect') this.#collected.push(effect);
    }
    return this;
  }

  reload(text: string): this {
    return this.happen({ type: 'profile-changed', profile: profileOf(text) });
  }

  pass(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  ask(request: Request, by = 'ops1'): Answer {
    this.#answer = null;
    this.happen({ type: 'requested', id: 1, by, request });
    if (this.#answer === null) throw new Error('the request was not answered');
    return this.#answer;
  }

  /** The launch that the slot waits for succeeds. */
  launch(slot: string): Instance {
    const { phase } = this.slot(slot);
    if (phase.is !== 'launching') throw new Error(`${slot} is ${phase.is}, not launching`);
    this.#pid += 1;
    const instance = { pid: this.#pid, startTime: this.nowMs, startedAtMs: this.nowMs };
    this.happen({ type: 'launched', slot, launch: phase.launch, result: { ok: true, instance } });
    return instance;
  }

  /** The first instance of the slot dies; a tree that must be swept is found empty. */
  die(slot: string, exit: Exit = { signal: 'SIGKILL', core: false }): this {
    const living = this.slot(slot).living[0];
    if (living === undefined) throw new Error(`nothing lives in ${slot}`);
    this.happen({ type: 'exited', slot, instance: living.instance, exit });
    return this.slot(slot).phase.is === 'sweeping' ? this.happen({ type: 'swept', slot, left: [] }) : this;
  }

  ring(slot: string): this {
    return this.happen({ type: 'timer-rang', timer: `slot:${slot}` });
  }

  slot(name: string): Slot {
    const [process = '', number] = name.split('#');
    const record = this.state.processes[this.state.plan.indexOf.get(process) ?? -1];
    const slot = record?.slots.find((candidate) => String(candidate.number) === number);
    if (slot === undefined) throw new Error(`there is no ${name}`);
    return slot;
  }

  phase(slot: string): Slot['phase']['is'] {
    return this.slot(slot).phase.is;
  }

  status(name: string): ProcessStatus {
    const [group, process] = name.split('/');
    const shown = snapshot(this.state, { monoMs: this.nowMs, wallMs: 1_700_000_000_000 + this.nowMs });
    const status = shown.find((one) => one.name === group)?.processes.find((one) => one.name === process);
    if (status === undefined) throw new Error(`there is no ${name}`);
    return status;
  }

  groupState(name: string): string | undefined {
    return snapshot(this.state, { monoMs: this.nowMs, wallMs: this.nowMs }).find((group) => group.name === name)?.state;
  }

  /** The timer of the slot's rules rings when it is due; whoever is looked at has shown these signs. */
  look(slot: string, ...signs: readonly Sign[]): this {
    const { vitalAtMs } = this.slot(slot);
    if (vitalAtMs === null) throw new Error(`no rule of ${slot} is due at any time`);
    this.nowMs = Math.max(this.nowMs, vitalAtMs);
    this.happen({ type: 'timer-rang', timer: `vital:${slot}` });
    const asked = this.effects.flatMap((effect) => (effect.do === 'look' ? [effect.instance] : []));
    for (const instance of asked) this.happen({ type: 'looked', slot, instance, signs });
    return this;
  }

  /** The evidence that the last steps wanted taken. */
  collected(): Extract<Effect, { do: 'collect' }>[] {
    return this.#collected.splice(0);
  }

  /** What the last step wants done, without timers, saves and what only looks on. */
  wants(): string[] {
    return this.effects
      .filter((effect) => !beside.has(effect.do))
      .map((effect) =>
        `${effect.do} ${'slot' in effect ? effect.slot : 'process' in effect ? effect.process : ''}`.trim(),
      );
  }

  told(id: string): Notice[] {
    return this.notices.filter((notice) => notice.id === id);
  }
}
