/**
 * Keeps the facts that must outlive the engine. A record replaces the earlier one of the same key; null deletes it.
 * `append` returns when the record survives a kill -9 of the engine; the disk is synchronised soon after.
 */
export interface StateStore {
  load(): LoadedState;
  /** Null, or the problem (disk full, not permitted); the store tries again with the next append and loses no record meanwhile. */
  append(records: Readonly<Record<string, unknown>>): string | null;
}

export interface LoadedState {
  readonly records: Readonly<Record<string, unknown>>;
  /** A damaged file was kept aside; says what was lost and where it lies. */
  readonly problems: readonly string[];
}
