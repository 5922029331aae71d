import { phrase } from '../notices/phrase.ts';
import { withOverrides } from '../profile/overrides.ts';
import { parameters } from '../profile/parameters.ts';
import type { ProcessSpec, WrittenValue } from '../profile/profile.ts';
import { isSame } from '../profile/same.ts';
import { targetNames } from './pause.ts';
import type { Answer, Request } from './request.ts';
import { getReadyAnew } from './starting.ts';
import type { Override, ProcessRecord } from './state.ts';
import type { Resolved } from './target.ts';
import type { Turn } from './turn.ts';
import { changeRules } from './vital.ts';

type Found = Extract<Resolved, { ok: true }>;
interface Change {
  readonly index: number;
  readonly spec: ProcessSpec;
  readonly overrides: Readonly<Record<string, Override>>;
}

/** Lays values over the profile's. All of them on all processes named, or none. */
export function changeParameters(
  turn: Turn,
  found: Found,
  by: string,
  request: Extract<Request, { verb: 'set' }>,
): Answer {
  const override = (value: WrittenValue): Override => ({ value, by, atWallMs: turn.at.wallMs });
  const laid = Object.fromEntries(Object.entries(request.values).map(([field, value]) => [field, override(value)]));
  return apply(turn, found, by, Object.keys(laid), (process) => ({ ...process.overrides, ...laid }));
}

/** Takes overrides off again; without fields, all of them. */
export function undoParameters(
  turn: Turn,
  found: Found,
  by: string,
  request: Extract<Request, { verb: 'unset' }>,
): Answer {
  const all = found.processes.flatMap((index) => Object.keys(turn.process(index).overrides));
  const fields = request.fields.length === 0 ? [...new Set(all)] : request.fields;
  const unknown = fields.filter((field) => !all.includes(field));
  if (fields.length === 0) return { ok: false, problem: phrase('no-override', { name: found.name }) };
  if (unknown.length > 0)
    return { ok: false, problem: phrase('not-overridden', { fields: unknown.join(', '), name: found.name }) };
  return apply(turn, found, by, fields, (process) =>
    Object.fromEntries(Object.entries(process.overrides).filter(([field]) => !fields.includes(field))),
  );
}

function apply(
  turn: Turn,
  found: Found,
  by: string,
  fields: readonly string[],
  next: (process: ProcessRecord) => Record<string, Override>,
): Answer {
  const changes: Change[] = [];
  for (const index of found.processes) {
    const process = turn.process(index);
    const overrides = next(process);
    const laid = layOver(process.declared, overrides);
    if (!laid.ok) return { ok: false, problem: `${process.name}: ${laid.problem}` };
    changes.push({ index, spec: laid.spec, overrides });
  }
  for (const { index, spec, overrides } of changes) {
    const before = turn.process(index);
    turn.changeProcess(index, { spec, overrides });
    if (!isSame(before.spec.ready, spec.ready)) for (const place of turn.places(index)) getReadyAnew(turn, place);
    for (const place of turn.places(index)) changeRules(turn, place, before.spec, spec);
    for (const field of fields) {
      const from = currentValue(before.declared, before.overrides, field);
      const to = currentValue(before.declared, overrides, field);
      if (from !== to)
        turn.notice(
          'operator.changed',
          null,
          { target: before.name, field, from, to },
          { by, ...targetNames(before.name) },
        );
    }
  }
  return { ok: true, affected: changes.map(({ index }) => turn.process(index).name) };
}

export function layOver(
  declared: ProcessSpec,
  overrides: Readonly<Record<string, Override>>,
): ReturnType<typeof withOverrides> {
  return withOverrides(
    declared,
    Object.fromEntries(Object.entries(overrides).map(([field, override]) => [field, override.value])),
  );
}

/** What is in force for a field, in words. */
function currentValue(declared: ProcessSpec, overrides: Readonly<Record<string, Override>>, field: string): string {
  const shown = Object.fromEntries(
    Object.entries(overrides).map(([name, { value, by }]) => [name, { value, by, at: '' }]),
  );
  const current = parameters(declared, shown).find((line) => line.field === field)?.current ?? null;
  return typeof current === 'string' ? current : JSON.stringify(current);
}
