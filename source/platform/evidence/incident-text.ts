import type { IncidentFile } from './incident.ts';
import type { Taking } from './taking.ts';

type Known = Pick<IncidentFile, 'number' | 'fingerprint' | 'same'> & { readonly tookMs: number };

/** incident.json of what was taken. What the system could not say of a process that is gone, the engine's own facts may. */
export function describeIncident(taking: Taking, { number, fingerprint, same, tookMs }: Known): IncidentFile {
  const { request, facts } = taking;
  const { instance, atMs, lives, reason } = request;
  const engine = taking.engineFacts as Partial<IncidentFile>;
  return {
    number,
    incident: request.incident,
    process: request.process,
    slot: request.slot,
    reason,
    text: taking.masks.text(request.text),
    at: new Date(atMs).toISOString(),
    lives,
    instance: instance && {
      pid: instance.pid,
      startTime: instance.startTime,
      startedAt: new Date(instance.startedAtMs).toISOString(),
    },
    uptimeMs: instance && Math.max(0, atMs - instance.startedAtMs),
    command: facts.command ?? engine.command ?? null,
    executable: facts.executable ?? null,
    directory: facts.directory ?? engine.directory ?? null,
    user: facts.user ?? engine.user ?? null,
    environment: facts.environment ?? engine.environment ?? null,
    facts: taking.engineFacts,
    fingerprint,
    same,
    costs: { outageMs: lives && reason.kind !== 'asked' ? tookMs : 0, tookMs, parts: taking.costs },
    missing: taking.missing,
  };
}
