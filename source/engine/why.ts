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
  const isSpared = spec.onStall === 'restart' && spec.restart.when === 'never';
  return `Alive, but ${stall.reason}; ${isSpared ? 'restart.when is never' : `onStall is ${spec.onStall}`}.`;
}

function sentence(state: EngineState, index: number, process: ProcessRecord, slot: Slot): string | null {
  const { phase } = slot;
  const { restart, ready } = process.spec;
  const last = lastOf(slot);
  switch (phase.is) {
    case 'running':
      return null;
    case 'examining':
      return `It is restarted as soon as evidence is taken: ${phase.reason}.`;
    case 'stopped':
      return 'An operator stopped it; `procsaver start` brings it back.';
    case 'exited':
      return `It ended as its profile allows (restart.when: ${restart.when})${last}.`;
    case 'fatal':
      if (phase.cause !== null)
        return `Given up with its group, because ${phase.cause} was given up; \`procsaver clear ${phase.cause.split('#')[0]}\` tries both again.`;
      return `Given up: ${tries(restart)} (${phase.reason}); \`procsaver clear\` forgets the counters and tries again.`;
    case 'lacking':
      return `${slot.living.length} live, at least ${fewestOf(process.spec)} must; that is tolerated for a moment.`;
    case 'settling':
      return 'Its main process has ended; its service manager is deciding what comes next.';
    case 'backoff':
      return `It waits a while before its next restart${last}.`;
    case 'waiting':
      return whyWaiting(state, index, process, phase.for, last);
    case 'launching':
      return 'It is being started.';
    case 'scripting':
      return 'Its restart script is running.';
    case 'searching':
      return 'Its restart script has ended; the process is being looked for.';
    case 'readying':
      return ready === null ? 'It is getting ready.' : `It runs but is not ready yet (ready.${ready.probe.kind}).`;
    case 'asking':
      return `It was asked to end and has ${formatDuration(process.spec.stop.graceMs)} for it.`;
    case 'sweeping':
      return 'What is left of its process tree is being killed.';
  }
}

function tries({ limit, withinMs }: RestartSpec): string {
  if (limit === 0) return 'restart.limit is 0, so it is not restarted';
  return `${limit} ${limit === 1 ? 'restart' : 'restarts'} within ${formatDuration(withinMs)} did not cure it`;
}

/** What came of it last: a start that failed tells more than the end before it. */
function lastOf({ lastFailure, lastExit }: Slot): string {
  if (lastFailure !== null) return `; its last start failed: ${lastFailure.replace(/\.$/, '')}`;
  return lastExit === null ? '' : `; it last ended with ${exitText(lastExit, 'en')}`;
}

function whyWaiting(
  state: EngineState,
  index: number,
  process: ProcessRecord,
  what: 'search' | 'dependencies' | 'turn' | 'resume' | 'appearance',
  last: string,
): string {
  if (what === 'turn') return `Many start at once; it waits for its turn${last}.`;
  if (what === 'search') return 'It is being looked for.';
  if (what === 'appearance')
    return `Nothing matches, and no restart.run is given to bring it back; it is seen as soon as something starts it${last}.`;
  if (what === 'resume') {
    const pause = process.pause ?? state.groups.find((group) => group.spec.name === process.group)?.pause;
    return `Monitoring is paused by ${pause?.by ?? 'somebody'}${pause == null || pause.why === '' ? '' : ` (${pause.why})`}; it is not started until it is resumed${last}.`;
  }
  const missing = (state.plan.dependencies[index] ?? []).flatMap(({ index: other, condition }) => {
    const dependency = state.processes[other];
    return dependency === undefined || conditionHolds(dependency, condition)
      ? []
      : [`${dependency.name} to be ${condition}`];
  });
  return `It waits for ${missing.join(' and ')}.`;
}
