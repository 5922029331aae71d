import type { ParameterLine } from './parameters.ts';
import type { ProcessSpec, WrittenValue } from './profile.ts';
import { Masks } from './secrets.ts';

/** Learnt once: a spec never changes. */
const known = new WeakMap<ProcessSpec, Masks | null>();

/** The secrets that a process's profile gives it, by its environment and its commands; null where it has none. */
export function secretsOf(spec: ProcessSpec): Masks | null {
  const found = known.get(spec);
  if (found !== undefined) return found;
  const masks = new Masks(spec.secrets);
  masks.environment(spec.environment);
  learnCommands(spec, masks);
  const learnt = masks.isEmpty ? null : masks;
  known.set(spec, learnt);
  return learnt;
}

/** Every list of texts may be a command, but that of the names of secrets. */
function learnCommands(value: object, masks: Masks): void {
  for (const [name, one] of Object.entries(value)) {
    if (name === 'secrets' || typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one) && one.every((word) => typeof word === 'string')) masks.commandLine(one);
    else learnCommands(one, masks);
  }
}

/** As a person may see it. What is written into a profile is never made of this. */
export function shownParameter(line: ParameterLine, secrets: Masks | null): ParameterLine {
  if (secrets === null || line.field === 'secrets') return line;
  return { ...line, profile: shown(line, line.profile, secrets), current: shown(line, line.current, secrets) };
}

function shown({ field, type }: ParameterLine, value: WrittenValue, secrets: Masks): WrittenValue {
  if (type === 'command' && typeof value === 'string') return secrets.commandText(value);
  if (type === 'command' && Array.isArray(value)) return secrets.commandLine(value.map(String));
  if (field !== 'environment' || typeof value !== 'object' || value === null)
    return secrets.value(value) as WrittenValue;
  // A number is a text by its name.
  const texts = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
  return secrets.environment(texts);
}
