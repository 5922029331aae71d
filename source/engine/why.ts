import { phrase } from '../notices/phrase.ts';
import { exitText } from '../notices/text.ts';
import { formatDuration } from '../profile/duration.ts';
import type { RestartSpec } from '../profile/profile.ts';
import { fewestOf } from './count.ts';
import { conditionHolds } from './dependencies.ts';
import { stallOfAll } from './stall-status.ts';
import type { EngineState, ProcessRecord, Slot } from './state.ts';

/** One sentence on why a process is not running, or does not work; null when it does, or ended as it may. The slot that needs a person most speaks. */
export function why(state: EngineState, index: number): string | null {
  const process = state.processes[index];
  if (process === undefined) return null;
  const slot =
    process.slots.find((candidate) => candidate.phase.is === 'fatal') ??
    process.slots.find((candidate) => candidate.phase.is !== 'running');
  if (slot === undefined) return whyStalled(process);
  return sentence(state, index, process, slot);
}

/** Alive is not working. */
function whyStalled({ slots, spec }: ProcessRecord): string | null {
  const stall = stallOfAll(slots);
  if (stall === null) return null;
  const { reason } = stall;
  if (spec.onStall === 'restart' && spec.restart.when === 'never') return phrase('why-stalled-spared', { reason });
  return phrase('why-stalled', { reason, consequence: spec.onStall });
}

function sentence(state: EngineState, index: number, process: ProcessRecord, slot: Slot): string | null {
  const { phase } = slot;
  const { restart, ready } = process.spec;
  const last = lastOf(slot);
  switch (phase.is) {
    case 'running':
      return null;
    case 'examining':
      return phrase('why-examining', { reason: phase.reason });
    case 'stopped':
      return phrase('why-stopped', { target: process.name });
    case 'exited':
      return phrase('why-exited', { when: restart.when, lastAlso: last });
    case 'fatal':
      if (phase.cause !== null)
        return phrase('why-fatal-with', { name: phase.cause, target: phase.cause.split('#')[0] ?? '' });
      return phrase('why-fatal', { tries: tries(restart), reason: phase.reason, target: process.name });
    case 'lacking':
      return phrase('why-lacking', { livingCount: slot.living.length, leastCount: fewestOf(process.spec) });
    case 'settling':
      return phrase('why-settling');
    case 'backoff':
      return phrase('why-backoff', { lastAlso: last });
    case 'waiting':
      return whyWaiting(state, index, process, phase.for, last);
    case 'launching':
      return phrase('why-launching');
    case 'scripting':
      return phrase('why-scripting');
    case 'searching':
      return phrase('why-searching');
    case 'readying':
      return ready === null ? phrase('why-readying') : phrase('why-not-ready', { probe: ready.probe.kind });
    case 'asking':
      return phrase('why-asking', { grace: formatDuration(process.spec.stop.graceMs) });
    case 'sweeping':
      return phrase('why-sweeping');
  }
}

function tries({ limit, withinMs }: RestartSpec): string {
  if (limit === 0) return phrase('limit-zero');
  const within = formatDuration(withinMs);
  return limit === 1
    ? phrase('one-restart-no-cure', { within })
    : phrase('restarts-no-cure', { limitCount: limit, within });
}

/** What came of it last: a start that failed tells more than the end before it. */
function lastOf({ lastFailure, lastExit }: Slot): string {
  if (lastFailure !== null) return phrase('last-failure', { problem: lastFailure.replace(/\.$/, '') });
  return lastExit === null ? '' : phrase('last-exit', { exit: exitText(lastExit, 'en') });
}

function whyWaiting(
  state: EngineState,
  index: number,
  process: ProcessRecord,
  what: 'search' | 'dependencies' | 'turn' | 'resume' | 'appearance',
  last: string,
): string {
  if (what === 'turn') return phrase('why-turn', { lastAlso: last });
  if (what === 'search') return phrase('why-search');
  if (what === 'appearance') return phrase('why-appearance', { lastAlso: last });
  if (what === 'resume') {
    const pause = process.pause ?? state.groups.find((group) => group.spec.name === process.group)?.pause;
    const reasonAlso = pause == null || pause.why === '' ? '' : ` (${pause.why})`;
    return phrase('why-paused', { by: pause?.by ?? 'somebody', reasonAlso, lastAlso: last });
  }
  const missing = (state.plan.dependencies[index] ?? []).flatMap(({ index: other, condition }) => {
    const dependency = state.processes[other];
    return dependency === undefined || conditionHolds(dependency, condition)
      ? []
      : [phrase(`to-be-${condition}`, { dependency: dependency.name })];
  });
  // Its dependencies hold: somebody of its group, or who depends on it, has to be down before it starts.
  if (missing.length === 0) return phrase('why-others-down');
  const conditions = missing.reduceRight((other, one) => phrase('both', { one, other }));
  return phrase('why-dependencies', { conditions });
}
