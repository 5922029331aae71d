import { parse } from 'yaml';
import { processFields, processTable } from './fields.ts';
import { topicOf } from './foreign-words.ts';
import { overlay } from './level.ts';
import { formatTrouble, quoted, type Report } from './problem.ts';
import type { ProcessSpec, WrittenValue } from './profile.ts';
import { readFields } from './read.ts';
import { livePartsOf, outputOf, writtenOf } from './spec.ts';
import { closest } from './suggestion.ts';
import { type MapTree, treeOf } from './tree.ts';

export type OverrideResult =
  | { readonly ok: true; readonly spec: ProcessSpec }
  /** Every problem, each with its field. */
  | { readonly ok: false; readonly problem: string };

/** The process with values laid over what its profile says, checked as the profile was. Give it the spec from the profile, not an overridden one. */
export function withOverrides(spec: ProcessSpec, overrides: Readonly<Record<string, WrittenValue>>): OverrideResult {
  const fields = Object.entries(overrides);
  if (fields.length === 0) return { ok: true, spec };
  const problems = fields.flatMap(([field, value]) => troubleOf(spec, field, value));
  if (problems.length > 0) return { ok: false, problem: problems.join('\n') };
  const tree = fields.reduce(
    (sum, [field, value]) => overlay(sum, nested(field, value)),
    treeOf(spec.written) as MapTree,
  );
  const values = readFields(processFields, tree);
  const parts = livePartsOf(values, spec.kind, tree);
  const idle = fields.find(([field]) => field.startsWith('ready.'));
  if (idle !== undefined && parts.ready === null) {
    return {
      ok: false,
      problem: `${idle[0]}: has no effect, since the profile does not say when this process is ready`,
    };
  }
  return {
    ok: true,
    spec: { ...spec, ...parts, output: outputOf(values, spec.output.file), written: writtenOf(tree) },
  };
}

/** `restart.limit=5` as typed by an operator; the value is read as YAML, so that `[0, 1]` is a list. Null without a field name or `=`. */
export function parseAssignment(text: string): { readonly field: string; readonly value: WrittenValue } | null {
  const at = text.indexOf('=');
  const field = text.slice(0, Math.max(0, at)).trim();
  return field === '' ? null : { field, value: readValue(text.slice(at + 1).trim()) };
}

function readValue(text: string): WrittenValue {
  try {
    const value = parse(text, { logLevel: 'error', maxAliasCount: 0 }) as WrittenValue | undefined;
    // Numbers keep the form they were typed in where text is meant, and a word with a colon is no map.
    if (value === undefined || value === null) return text;
    return typeof value === 'object' && !/^[[{]/.test(text) ? text : value;
  } catch {
    return text;
  }
}

function troubleOf(spec: ProcessSpec, name: string, value: WrittenValue): string[] {
  const field = Object.hasOwn(processTable, name) ? processTable[name] : undefined;
  if (field === undefined) return [`${name}: ${unknownField(name, spec)}`];
  if (!field.kinds.includes(spec.kind)) return [`${name}: a ${quoted(spec.kind)} entry does not have it`];
  if (!field.live) return [`${name}: defines what the process is; change it in the profile and reload`];
  const found: string[] = [];
  const report: Report = (_, trouble) => found.push(`${name}: ${formatTrouble(trouble)}`);
  field.type.read(treeOf(value), report);
  return found;
}

function unknownField(name: string, spec: ProcessSpec): string {
  const known = Object.keys(processTable).filter(
    (path) => processTable[path]?.live && processTable[path].kinds.includes(spec.kind),
  );
  const inside = known.filter((path) => path.startsWith(`${name}.`));
  if (inside.length > 0) return `holds several fields; set one of ${inside.join(', ')}`;
  const near = topicOf(name, processTable) ?? closest(name, known);
  return near === null
    ? `there is no such field; there are ${known.join(', ')}`
    : `there is no such field; did you mean ${quoted(near)}?`;
}

function nested(field: string, value: WrittenValue): MapTree {
  const plain = field.split('.').reduceRight<WrittenValue>((inner, part) => ({ [part]: inner }), value);
  return treeOf(plain) as MapTree;
}
