import type { DumpKind, IncidentReason } from '../ports/evidence.ts';
import type { Instance } from '../ports/instance.ts';
import { formatDuration } from '../profile/duration.ts';
import { conditionHolds } from './dependencies.ts';
import { pauseOf } from './pause.ts';
import { publicState, stateOf } from './phase.ts';
import { restartsInWindow } from './restart-limit.ts';
import type { Sign } from './sign.ts';
import type { EngineState, ProcessRecord } from './state.ts';
import type { Place, Turn } from './turn.ts';

/** Something of which evidence is to be taken. */
export interface Occasion {
  readonly reason: IncidentReason;
  /** The reason as a sentence. */
  readonly text: string;
  /** Null: none was ever known. */
  readonly instance: Instance | null;
  readonly lives: boolean;
  /** As the profile says where nothing stands here. */
  readonly kinds?: readonly DumpKind[];
  readonly withinMs?: number;
  /** Of the rule that has run out. */
  readonly silence?: (Sign & { readonly silentMs: number }) | null;
}

/** Wants evidence taken, and returns the incident's name; null where the profile keeps none. What is dead delays nothing that this step decides. */
export function collect(turn: Turn, place: Place, occasion: Occasion): string | null {
  const process = turn.process(place.process);
  const { spec, name } = process;
  if (spec.keep === 0) return null;
  const incidents = turn.state.incidents + 1;
  turn.changeState({ incidents });
  const incident = `${turn.state.generation}.i${incidents}`;
  const { reason, text, lives } = occasion;
  // A service may be up without a main process; there is nothing then that could be looked into.
  const instance = occasion.instance?.pid === 0 ? null : occasion.instance;
  const effect = {
    do: 'collect',
    slot: turn.slotName(place),
    number: place.number,
    process: name,
    spec,
    incident,
    instance,
    lives,
    reason,
    text,
    kinds: occasion.kinds ?? spec.dump,
    withinMs: occasion.withinMs ?? turn.state.evidence.withinMs,
    maxTotalBytes: turn.state.evidence.maxBytes,
    facts: factsOf(turn, place, occasion),
  } as const;
  if (lives) turn.effect(effect);
  else turn.effectLater(effect);
  return incident;
}

/** What the engine knows of a slot at this moment, as plain data; times are ISO 8601 in UTC. */
function factsOf(turn: Turn, place: Place, { instance, silence = null }: Occasion): Readonly<Record<string, unknown>> {
  const { state, at } = turn;
  const process = turn.process(place.process);
  const slot = turn.slot(place);
  const group = state.groups.find(({ spec }) => spec.name === process.group);
  const wall = (monoMs: number) => iso(at.wallMs + (monoMs - at.monoMs));
  const { restart } = process.spec;
  const restarts = restartsInWindow(slot, restart, at.monoMs);
  return {
    state: publicState[slot.phase.is],
    phase: slot.phase.is,
    since: wall(slot.sinceMs),
    wanted: process.wanted,
    // A service without a main process, and what was never made, began nowhere.
    uptimeMs:
      instance === null || instance.pid === 0 ? null : Math.max(0, Math.round(at.wallMs - instance.startedAtMs)),
    restarts: {
      count: restarts.length,
      limit: restart.limit,
      within: formatDuration(restart.withinMs),
      at: restarts.map(wall),
    },
    lastExit: slot.lastExit,
    lastFailure: slot.lastFailure,
    strategy: group?.spec.strategy ?? null,
    dependsOn: dependenciesOf(state, process),
    dependants: (state.plan.dependants[place.process] ?? []).map((index) => standOf(state, index)),
    overrides: Object.entries(process.overrides).map(([field, { value, by, atWallMs }]) => ({
      field,
      value,
      by,
      at: iso(atWallMs),
    })),
    paused: pausedBy(turn, place),
    says: { status: slot.word.status, is: slot.word.is, heartbeatMs: slot.word.heartbeatMs },
    silence: silence === null ? null : silenceOf(silence, wall),
  };
}

function dependenciesOf(state: EngineState, { spec }: ProcessRecord) {
  return Object.entries(spec.dependsOn).map(([name, condition]) => {
    const dependency = state.processes[state.plan.indexOf.get(name) ?? -1];
    return { name, condition, holds: dependency !== undefined && conditionHolds(dependency, condition) };
  });
}

function standOf(state: EngineState, index: number) {
  const process = state.processes[index];
  return { name: process?.name ?? '', state: stateOf(process?.slots ?? []) };
}

function pausedBy(turn: Turn, place: Place) {
  const pause = pauseOf(turn, place.process);
  if (pause === null) return null;
  const { by, why, untilWallMs } = pause;
  return { by, why, until: untilWallMs === null ? null : iso(untilWallMs) };
}

function silenceOf(
  { rule, heldAtMs, silentMs, lost, measured }: NonNullable<Occasion['silence']>,
  wall: (ms: number) => string,
) {
  return {
    rule,
    heldAt: wall(heldAtMs),
    silentMs: Math.round(silentMs),
    lostMs: Math.round(lost.ms),
    lostTo: lost.cause,
    measured,
  };
}

function iso(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
