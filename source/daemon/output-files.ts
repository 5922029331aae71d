import type { EngineState, ProcessRecord } from '../engine/state.ts';
import type { OutputSpec } from '../profile/profile.ts';
import type { Surroundings } from '../runtime/child.ts';
import { outputFile } from '../runtime/child.ts';

/** Keeps files within their bounds. */
export interface Rotation {
  track(file: string, bounds: Pick<OutputSpec, 'maxSizeBytes' | 'keep'>): void;
  untrack(file: string): void;
}

/** Tells the rotation which output files there are now. */
export class OutputFiles {
  readonly #rotation: Rotation;
  readonly #surroundings: Surroundings;
  /** Files by the record that they were derived from. */
  #known = new Map<string, { readonly record: ProcessRecord; readonly files: readonly string[] }>();
  #seen: EngineState | null = null;

  constructor(rotation: Rotation, surroundings: Surroundings) {
    this.#rotation = rotation;
    this.#surroundings = surroundings;
  }

  update(state: EngineState): void {
    const seen = this.#seen;
    if (seen?.processes === state.processes) return;
    this.#seen = state;
    if (seen?.plan === state.plan) this.#updateChanged(seen, state);
    else this.#updateAll(state);
  }

  /** The same processes in the same places: a record that is the same object needs no second look. */
  #updateChanged(seen: EngineState, state: EngineState): void {
    state.processes.forEach((record, index) => {
      if (record === seen.processes[index]) return;
      const was = this.#known.get(record.name);
      if (was === undefined || !hasSameFiles(was.record, record))
        this.#known.set(record.name, this.#replace(record, was?.files ?? []));
    });
  }

  #updateAll(state: EngineState): void {
    const before = this.#known;
    this.#known = new Map();
    for (const record of state.processes) {
      const was = before.get(record.name);
      before.delete(record.name);
      this.#known.set(
        record.name,
        was !== undefined && hasSameFiles(was.record, record) ? was : this.#replace(record, was?.files ?? []),
      );
    }
    for (const { files } of before.values()) for (const file of files) this.#rotation.untrack(file);
  }

  #replace(
    record: ProcessRecord,
    old: readonly string[],
  ): { readonly record: ProcessRecord; readonly files: readonly string[] } {
    const { spec } = record;
    const files =
      spec.kind === 'command'
        ? record.slots.map((slot) => outputFile(spec, record.name, slot.number, this.#surroundings))
        : [];
    for (const file of old) this.#rotation.untrack(file);
    for (const file of files) this.#rotation.track(file, spec.output);
    return { record, files };
  }
}

function hasSameFiles(a: ProcessRecord, b: ProcessRecord): boolean {
  return a.spec === b.spec && a.slots.length === b.slots.length;
}
