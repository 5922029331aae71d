import type { DumpKind } from '../ports/evidence.ts';
import type { WrittenValue } from '../profile/profile.ts';

/** `group`, `group/process`, `group/process#2`, a pid, or `--all` (also written `*`). */
export type Target = string;

/** What an operator asks of the engine, from a key, a command or the control socket. */
export type Request =
  /** `untilMs`: ms since 1970; null: until resumed. */
  | { readonly verb: 'pause'; readonly target: Target; readonly why: string; readonly untilMs: number | null }
  | { readonly verb: 'resume'; readonly target: Target }
  | { readonly verb: 'start'; readonly target: Target }
  | { readonly verb: 'stop'; readonly target: Target }
  | { readonly verb: 'restart'; readonly target: Target }
  | { readonly verb: 'clear'; readonly target: Target }
  /** Takes evidence now. `kinds` null: as the profile says. Its end is a notice, `dump.taken` or `dump.failed`. */
  | { readonly verb: 'dump'; readonly target: Target; readonly kinds: readonly DumpKind[] | null }
  /** A sign of life, given from a script. */
  | { readonly verb: 'heartbeat'; readonly target: Target }
  | { readonly verb: 'set'; readonly target: Target; readonly values: Readonly<Record<string, WrittenValue>> }
  /** No fields: every override of the target. */
  | { readonly verb: 'unset'; readonly target: Target; readonly fields: readonly string[] };

export type Answer =
  /** The full names that the request touched; of `dump` the incidents that it began. */
  | { readonly ok: true; readonly affected: readonly string[]; readonly incidents?: readonly string[] }
  | { readonly ok: false; readonly problem: string };
