import type { Kind } from './field.ts';
import { processTable } from './fields.ts';
import { withOverrides } from './overrides.ts';
import type { System } from './paths.ts';
import type { ProcessSpec, WrittenValue } from './profile.ts';

/** One field of a process with what the profile says and what is in force: a line of `params TARGET` and of the console's editor. */
export interface ParameterLine {
  readonly field: string;
  readonly type: string;
  readonly range: string;
  readonly help: string;
  readonly default: WrittenValue;
  readonly profile: WrittenValue;
  readonly current: WrittenValue;
  readonly override: { readonly by: string; readonly at: string } | null;
  readonly live: boolean;
}

/** A value that an operator set while the process runs. */
export interface SetValue {
  readonly value: WrittenValue;
  readonly by: string;
  readonly at: string;
}

/** Every field that this kind of process has on this system, in the table's order. The spec is the profile's, not an overridden one. */
export function parameters(spec: ProcessSpec, overrides: Readonly<Record<string, SetValue>>): readonly ParameterLine[] {
  const values = Object.entries(overrides).map(([name, set]) => [name, set.value] as const);
  const laid = withOverrides(spec, Object.fromEntries(values));
  // Taken from the result, since one field can put another out of force: `ready.tcp` takes the place of `ready.http`.
  const inForce = laid.ok ? laid.spec.written : spec.written;
  return fieldsOf(spec.kind, spec.system ?? 'linux').map(([name, field]) => {
    const set = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    return {
      field: name,
      type: field.type.words,
      range: field.type.range,
      help: field.help,
      default: field.default,
      profile: writtenAt(spec.written, name) ?? field.default,
      current: writtenAt(inForce, name) ?? field.default,
      override: set === undefined ? null : { by: set.by, at: set.at },
      live: field.live,
    };
  });
}

function fieldsOf(kind: Kind, system: System) {
  return Object.entries(processTable).filter(
    ([, field]) => field.kinds.includes(kind) && field.systems.includes(system),
  );
}

function writtenAt(written: WrittenValue, path: string): WrittenValue | undefined {
  let at: WrittenValue | undefined = written;
  for (const part of path.split('.')) {
    const map: unknown = at;
    if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
    at = (map as Readonly<Record<string, WrittenValue>>)[part];
  }
  return at;
}
