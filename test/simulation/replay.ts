import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../source/engine/event.ts';
import { makePlan } from '../../source/engine/plan.ts';
import type { EngineState, ProcessRecord } from '../../source/engine/state.ts';
import { step } from '../../source/engine/step.ts';
import type { Step } from '../../source/engine/turn.ts';
import { stateDigest } from '../../source/runtime/trace.ts';

export interface Replay {
  readonly events: number;
  /** The notices that were written, and those that the engine says now; the same, unless the engine is another one. */
  readonly written: number;
  readonly said: number;
  /** Whether the engine comes to the state that it had in the incident. */
  readonly isSame: boolean;
}

type Line =
  | { readonly state: Omit<EngineState, 'plan' | 'processes'> }
  | { readonly process: ProcessRecord }
  | { readonly event: Event }
  | { readonly notice: unknown }
  | { readonly end: string };

/** Takes the engine's events of an incident (`notices.jsonl` of its folder) through `step` again. Throws where the file is no such trace. */
export function replay(folder: string, onStep: (event: Event, step: Step) => void = () => {}): Replay {
  const file = join(folder, 'notices.jsonl');
  return replayLines(readFileSync(file, 'utf8').trimEnd().split('\n'), file, onStep);
}

export function replayLines(
  lines: readonly string[],
  name: string,
  onStep: (event: Event, step: Step) => void = () => {},
): Replay {
  const read = lines.map((line) => JSON.parse(line) as Line);
  const [first] = read;
  const last = read.at(-1);
  if (first === undefined || !('state' in first))
    throw new Error(`${name} does not begin with a state: it is no trace of the engine`);
  if (last === undefined || !('end' in last))
    throw new Error(`${name} does not end with the digest of a state: it was not written to its end`);
  const processes = read.flatMap((line) => ('process' in line ? [line.process] : []));
  const { groups } = first.state;
  let state: EngineState = { ...first.state, processes, plan: makePlan(groups, processes) };
  let events = 0;
  let said = 0;
  for (const line of read) {
    if (!('event' in line)) continue;
    const taken = step(state, line.event);
    onStep(line.event, taken);
    state = taken.state;
    events += 1;
    said += taken.notices.length;
  }
  const written = read.filter((line) => 'notice' in line).length;
  return { events, written, said, isSame: stateDigest(state) === last.end };
}
