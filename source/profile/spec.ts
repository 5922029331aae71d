import type { Kind } from './field.ts';
import { type ProcessValues, processTable } from './fields.ts';
import type { OutputSpec, ReadySpec, RestartSpec, StopSpec, WrittenValue } from './profile.ts';
import { type StallFiles, stallSpec } from './stall-spec.ts';
import { entryAt, type Tree } from './tree.ts';

/** The parts of a process that may be changed while it runs. */
export function livePartsOf(values: ProcessValues, kind: Kind, tree: Tree, files: StallFiles) {
  return {
    ready: readySpec(values, kind, tree),
    stop: stopSpec(values),
    restart: restartSpec(values),
    stall: stallSpec(values, kind, files),
    onStall: values.onStall,
    rules: values.rules,
    dump: values.dump,
    keep: values.keep,
    secrets: values.secrets,
  };
}

export function outputOf(values: ProcessValues, file: string | null): OutputSpec {
  return { file, maxSizeBytes: values['output.maxSize'], keep: values['output.keep'] };
}

/** A `match` entry that says nothing but times is ready when it is found: the times are those of the search. */
function readySpec(values: ProcessValues, kind: Kind, tree: Tree): ReadySpec | null {
  const searched = kind === 'match' && entryAt(tree, 'ready') !== undefined;
  const probe = probeOf(values) ?? (searched ? ({ kind: 'after', delayMs: 0 } as const) : null);
  if (probe === null) return null;
  return {
    probe,
    intervalMs: values['ready.interval'],
    timeoutMs: values['ready.timeout'],
    withinMs: values['ready.within'],
  };
}

function probeOf(values: ProcessValues): ReadySpec['probe'] | null {
  if (values['ready.http'] !== null) return { kind: 'http', url: values['ready.http'] };
  if (values['ready.tcp'] !== null) return { kind: 'tcp', address: values['ready.tcp'] };
  if (values['ready.run'] !== null) return { kind: 'run', command: values['ready.run'] };
  if (values['ready.output'] !== null) return { kind: 'output', pattern: values['ready.output'] };
  if (values['ready.notify'] !== null) return { kind: 'notify' };
  if (values['ready.after'] !== null) return { kind: 'after', delayMs: values['ready.after'] };
  return null;
}

function stopSpec(values: ProcessValues): StopSpec {
  return {
    signal: values['stop.signal'],
    run: values['stop.run'],
    graceMs: values['stop.grace'],
    tree: values['stop.tree'],
  };
}

function restartSpec(values: ProcessValues): RestartSpec {
  return {
    when: values['restart.when'],
    limit: values['restart.limit'],
    withinMs: values['restart.within'],
    delayMs: values['restart.delay'],
    backoff: {
      initialMs: values['restart.backoff.initial'],
      factor: values['restart.backoff.factor'],
      maxMs: values['restart.backoff.max'],
      jitter: values['restart.backoff.jitter'],
    },
    run: values['restart.run'],
    timeoutMs: values['restart.timeout'],
    successExitCodes: values['restart.successExitCodes'],
  };
}

/** The fields that are written in a tree, as plain nested data. */
export function writtenOf(tree: Tree): WrittenValue {
  const written: { [key: string]: WrittenValue } = {};
  for (const [path, field] of Object.entries(processTable)) {
    const entry = entryAt(tree, path);
    if (entry !== undefined) setAt(written, path, field.type.written(entry.value));
  }
  return written;
}

function setAt(target: { [key: string]: WrittenValue }, path: string, value: WrittenValue): void {
  const parts = path.split('.');
  let map = target;
  for (const part of parts.slice(0, -1)) {
    map[part] ??= {};
    map = map[part] as { [key: string]: WrittenValue };
  }
  map[parts.at(-1) as string] = value;
}
