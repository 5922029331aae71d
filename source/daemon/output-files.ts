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
  /** Files by the record that they were derived from: a record that is the same object has the same files. */
  #known = new Map<string, { readonly record: ProcessRecord; readonly files: readonly string[] }>();
  #seen: EngineState | null = null;

  constructor(rotation: Rotation, surroundings: Surroundings) {
    this.#rotation = rotation;
    this.#surroundings = surroundings;
  }

  update(state: EngineState): void {
    if (this.#seen?.plan === state.plan && this.#seen.processes === state.processes) return;
    this.#seen = state;
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
      spec.kind === 'match'
        ? []
        : record.slots.map((slot) => outputFile(spec, record.name, slot.number, this.#surroundings));
    for (const file of old) this.#rotation.untrack(file);
    for (const file of files) this.#rotation.track(file, spec.output);
    return { record, files };
  }
}

function hasSameFiles(a: ProcessRecord, b: ProcessRecord): boolean {
  return a.spec === b.spec && a.slots.length === b.slots.length;
}
