import { parse } from 'yaml';
import { systemNames, valueTroubles } from './check.ts';
import { processFields, processTable } from './fields.ts';
import { topicOf } from './foreign-words.ts';
import { noFields, overlay } from './level.ts';
import { isAbsolute, type System } from './paths.ts';
import { formatTrouble, quoted, type Report } from './problem.ts';
import type { ProcessSpec, WrittenValue } from './profile.ts';
import { readFields } from './read.ts';
import { mask } from './secrets.ts';
import { livePartsOf, outputOf, writtenOf } from './spec.ts';
import type { StallFiles } from './stall-spec.ts';
import { closest } from './suggestion.ts';
import { type MapTree, treeOf } from './tree.ts';
import { checkStall } from './whole-stall.ts';

export type OverrideResult =
  | { readonly ok: true; readonly spec: ProcessSpec }
  /** Every problem, each with its field. */
  | { readonly ok: false; readonly problem: string };

/** The process with values laid over what its profile says, checked as the profile was. Give it the spec from the profile, not an overridden one. */
export function withOverrides(spec: ProcessSpec, overrides: Readonly<Record<string, WrittenValue>>): OverrideResult {
  const system: System = spec.system ?? 'linux';
  const fields = Object.entries(overrides);
  if (fields.length === 0) return { ok: true, spec };
  const problems = fields.flatMap(([field, value]) => troubleOf(spec, field, value, system));
  if (problems.length > 0) return { ok: false, problem: problems.join('\n') };
  const written = fields.map(([field, value]) => nested(field, value));
  const nearest = written.reduce(overlay, noFields);
  const tree = overlay(treeOf(spec.written) as MapTree, nearest);
  const values = readFields(processFields, tree);
  checkStall({ kind: spec.kind, tree, nearest, values }, (place, trouble) => {
    problems.push(`${place.path}: ${formatTrouble(trouble)}`);
  });
  if (problems.length > 0) return { ok: false, problem: problems.join('\n') };
  const parts = livePartsOf(values, spec.kind, tree, filesOf(spec, overrides));
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

/** Whoever sets a file names it wholly: what the profile says is relative to its folder, which is not known here. */
const files = { 'stall.heartbeatFile': 'heartbeatFile', 'stall.outputFile': 'outputFile' } as const;

function filesOf({ stall }: ProcessSpec, overrides: Readonly<Record<string, WrittenValue>>): StallFiles {
  const set = Object.entries(files).flatMap(([field, file]) =>
    Object.hasOwn(overrides, field) ? [[file, String(overrides[field])]] : [],
  );
  return { heartbeatFile: stall.heartbeatFile, outputFile: stall.outputFile, ...Object.fromEntries(set) };
}

function troubleOf(spec: ProcessSpec, name: string, value: WrittenValue, system: System): string[] {
  const field = Object.hasOwn(processTable, name) ? processTable[name] : undefined;
  if (field === undefined) return [`${name}: ${unknownField(name, spec)}`];
  if (!field.kinds.includes(spec.kind)) return [`${name}: a ${quoted(spec.kind)} entry does not have it`];
  if (!field.live) return [`${name}: defines what the process is; change it in the profile and reload`];
  if (!field.systems.includes(system)) {
    return [`${name}: holds on ${field.systems.map((one) => systemNames[one]).join(' and ')} only`];
  }
  if (JSON.stringify(value).includes(mask)) {
    return [`${name}: ${mask} stands for a secret that is not shown; write the secret itself`];
  }
  const found: string[] = [];
  const report: Report = (place, trouble) => found.push(`${place.path}: ${formatTrouble(trouble)}`);
  const read = field.type.read(treeOf(value, name), report);
  const trouble = read === undefined ? null : valueTroubles[name]?.(String(read), system);
  if (trouble) found.push(`${name}: ${trouble.what}; ${trouble.hint}`);
  if (Object.hasOwn(files, name) && read !== undefined && !isAbsolute(String(read), system)) {
    found.push(
      `${name}: ${JSON.stringify(read)} is a relative path; write the whole path${system === 'linux' ? ' from / on' : ''}`,
    );
  }
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
