import type { Effect } from '../../source/engine/effect.ts';
import type { Event } from '../../source/engine/event.ts';
import type { EngineState, Pause, ProcessRecord, Slot } from '../../source/engine/state.ts';
import type { Step } from '../../source/engine/turn.ts';
import type { Instance } from '../../source/ports/instance.ts';
import type { Profile } from '../../source/profile/profile.ts';
import type { WorldLives } from './world-lives.ts';

/** What the laws know of the world beside the engine. */
export interface LawWorld {
  /** Living main processes of a slot, or of a `match` entry. */
  mainsOf(owner: string): readonly { readonly instance: Instance }[];
  /** Null: it does not live. */
  ownerOf(instance: Instance): string | null;
  /** What the processes do in truth; not known in the small worlds. */
  readonly lives?: Pick<WorldLives, 'known'>;
}

/** What a law is shown after each step. */
export interface Evidence {
  readonly event: Event;
  readonly before: EngineState;
  readonly step: Step;
  /** The latest that the engine was given. */
  readonly profile: Profile;
  readonly world: LawWorld;
}

/** Throws with what it saw. */
export type Law = (evidence: Evidence) => void;
export type Laws = Readonly<Record<string, Law>>;

export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

export function eachSlot(state: EngineState, visit: (process: ProcessRecord, slot: Slot) => void): void {
  for (const process of state.processes) for (const slot of process.slots) visit(process, slot);
}

export function slotOf(state: EngineState, name: string): { process: ProcessRecord; slot: Slot } | undefined {
  const hash = name.lastIndexOf('#');
  const process = state.processes[state.plan.indexOf.get(name.slice(0, hash)) ?? -1];
  const number = Number(name.slice(hash + 1));
  const slot = process?.slots.find((candidate) => candidate.number === number);
  return process === undefined || slot === undefined ? undefined : { process, slot };
}

export function eachStart(
  step: Step,
  visit: (process: ProcessRecord, slot: Slot, effect: Extract<Effect, { do: 'launch' | 'run-script' }>) => void,
): void {
  for (const effect of step.effects) {
    if (effect.do !== 'launch' && effect.do !== 'run-script') continue;
    const found = slotOf(step.state, effect.slot);
    check(found !== undefined, `${effect.do} for ${effect.slot}, which is not there`);
    visit(found.process, found.slot, effect);
  }
}

/** The slot that a notice is about. */
export function slotNamed(notice: Step['notices'][number]): string {
  return `${notice.group}/${notice.process}#${String(notice.parameters['slot'] ?? 1)}`;
}

/** Said here in the laws' own words, so that they do not lean on what they judge. */
export function pauseOn(state: EngineState, process: ProcessRecord): Pause | null {
  return process.pause ?? state.groups.find((group) => group.spec.name === process.group)?.pause ?? null;
}

/** Names of all that depend on a process, directly or not, read from what the processes themselves say. */
export function dependantsOf(state: EngineState, name: string): ProcessRecord[] {
  const found = new Set<ProcessRecord>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const process of state.processes) {
      if (process.spec.dependsOn[next] === undefined || found.has(process)) continue;
      found.add(process);
      open.push(process.name);
    }
  }
  return [...found];
}

/** A slot that goes down and of which something lives or is under way. */
export function isInTheWay(process: ProcessRecord, slot: Slot): boolean {
  if (process.wanted === 'up' && slot.course.is === 'stay') return false;
  return slot.living.length > 0 || ['launching', 'scripting', 'sweeping', 'settling'].includes(slot.phase.is);
}
