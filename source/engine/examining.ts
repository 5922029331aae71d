import type { EvidenceResult } from '../ports/evidence.ts';
import { fewestOf } from './count.ts';
import { ask } from './ending.ts';
import { goesDown } from './going-down.ts';
import { locate } from './plan.ts';
import type { Place, Turn } from './turn.ts';

/** It is to be restarted, once evidence of the living is taken. Without an incident (`keep: 0`) there is nothing to wait for. */
export function examine(turn: Turn, place: Place, incident: string | null, reason: string): void {
  if (incident === null) return ask(turn, place, { kind: 'failed', reason });
  turn.enter(place, { is: 'examining', untilMs: turn.nowMs + turn.state.evidence.withinMs, incident, reason });
}

/** The evidence is taken, or its time is over: nothing holds the restart up any longer. */
export function endExamining(turn: Turn, place: Place): void {
  const slot = turn.slot(place);
  if (slot.phase.is !== 'examining') return;
  // It waits for those who depend on it, and is asked when they are down.
  const process = turn.process(place.process);
  if (goesDown(process, slot)) return turn.enter(place, { is: 'running' });
  // Somebody has said so meanwhile.
  if (process.spec.restart.when === 'never') return spare(turn, place);
  ask(turn, place, { kind: 'failed', reason: slot.phase.reason });
}

/** Monitoring is suspended, or it is not to be restarted any more. Evidence is taken all the same. */
export function spare(turn: Turn, place: Place): void {
  const { phase, living } = turn.slot(place);
  const { spec } = turn.process(place.process);
  if (phase.is !== 'examining') return;
  if (living.length >= fewestOf(spec)) return turn.enter(place, { is: 'running' });
  const forMs = spec.kind === 'match' ? spec.instances.forMs : 0;
  turn.enter(place, { is: 'lacking', untilMs: turn.nowMs + forMs, ending: { kind: 'failed', reason: phase.reason } });
}

export function evidenceTaken(turn: Turn, slot: string, incident: string, result: EvidenceResult): void {
  const place = locate(turn.state.plan, turn.state.processes, slot);
  sayTaken(turn, place, slot, incident, result);
  if (place === null) return;
  const { phase } = turn.slot(place);
  if (phase.is === 'examining' && phase.incident === incident) endExamining(turn, place);
}

/** A reload may have taken the process away meanwhile. */
function sayTaken(turn: Turn, place: Place | null, slot: string, incident: string, result: EvidenceResult): void {
  const [group = '', process = ''] = slot.slice(0, slot.lastIndexOf('#')).split('/');
  const about = { group, process };
  if (!result.ok) return turn.notice('dump.failed', place, { incident, reason: result.problem }, about);
  const { number, tookMs, folder, same, missing } = result;
  turn.notice('dump.taken', place, { incident, number, tookMs, folder, ...sameAs(same), ...notTaken(missing) }, about);
}

/** The parts of the sentence stand among the parameters too, so that it can be said in another language. */
function sameAs(same: Extract<EvidenceResult, { ok: true }>['same']) {
  if (same === null) return { same: '' };
  const since = new Date(same.sinceMs).toISOString();
  return {
    same: `, the same as #${same.number} (${same.times} times since ${since})`,
    sameAs: same.number,
    times: same.times,
    since,
  };
}

function notTaken(missing: readonly string[]) {
  return { missing: missing.length === 0 ? '' : ` (not taken: ${missing.join('; ')})` };
}
