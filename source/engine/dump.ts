import { phrase } from '../notices/phrase.ts';
import { collect } from './incident.ts';
import type { Answer, Request } from './request.ts';
import { rulesOf } from './sign.ts';
import type { Living } from './state.ts';
import type { Resolved } from './target.ts';
import type { Place, Turn } from './turn.ts';

type Found = Extract<Resolved, { ok: true }>;

/** Nobody's restart waits for evidence that an operator asks for, and a core of many gigabytes takes its time. */
const askedWithinMs = 60_000;

/** Takes evidence of every living instance that the target names, each an incident of its own. */
export function dump(turn: Turn, found: Found, by: string, request: Extract<Request, { verb: 'dump' }>): Answer {
  const named = livingOf(turn, found, request.target);
  if (named.length === 0) return refuse(phrase('nothing-to-dump', { name: found.name }));
  const affected = new Set<string>();
  const incidents: string[] = [];
  for (const { place, living } of named) {
    const incident = collect(turn, place, {
      reason: { kind: 'asked', by },
      text: `asked for by ${by}`,
      instance: living.instance,
      lives: true,
      ...(request.kinds === null ? {} : { kinds: request.kinds }),
      withinMs: Math.max(askedWithinMs, turn.state.evidence.withinMs),
    });
    if (incident === null) continue;
    affected.add(turn.process(place.process).name);
    incidents.push(incident);
  }
  if (incidents.length === 0) return refuse(phrase('keeps-no-evidence', { name: found.name }));
  return { ok: true, affected: [...affected], incidents };
}

/** A sign of life from a script, for every living instance that the target names and that is to give one. */
export function heartbeat(
  turn: Turn,
  found: Found,
  _: string,
  request: Extract<Request, { verb: 'heartbeat' }>,
): Answer {
  const named = livingOf(turn, found, request.target);
  if (named.length === 0) return refuse(phrase('nothing-that-beats', { name: found.name }));
  const asked = named.filter(({ place }) => hasHeartbeat(turn, place));
  if (asked.length === 0) return refuse(phrase('no-heartbeat-rule', { name: found.name }));
  for (const { living } of asked) turn.effect({ do: 'beat', instance: living.instance });
  return { ok: true, affected: [...new Set(asked.map(({ place }) => turn.process(place.process).name))] };
}

function hasHeartbeat(turn: Turn, place: Place): boolean {
  const { heartbeatMs } = turn.slot(place).word;
  return rulesOf(turn.process(place.process).spec, heartbeatMs).some(({ name }) => name === 'heartbeat');
}

/** A pid stands for that process alone, though it lives in a slot with others. */
function livingOf(turn: Turn, found: Found, target: string): { readonly place: Place; readonly living: Living }[] {
  const pid = /^\d+$/.test(target) ? Number(target) : null;
  return found.processes
    .flatMap((process) => turn.places(process))
    .filter(({ number }) => found.slot === null || found.slot === number)
    .flatMap((place) => turn.slot(place).living.map((living) => ({ place, living })))
    .filter(({ living: { instance } }) => instance.pid > 0 && (pid === null || instance.pid === pid));
}

function refuse(problem: string): Answer {
  return { ok: false, problem };
}
