import type { Status } from '../../control/protocol.ts';
import type { GroupStatus, ProcessStatus, StallStatus } from '../../engine/status.ts';
import { shareOf } from '../../format/timer.ts';

/** One stall timer of the machine. */
export interface StallRow {
  /** Tells it from every other: `shop/worker heartbeat`. */
  readonly key: string;
  /** Whose it is, as a target: `shop/worker#2`, of a single one `shop/api`. */
  readonly target: string;
  readonly timer: StallStatus;
  /** Its rule has run out, and was called. */
  readonly isStalled: boolean;
}

let latest: { readonly groups: readonly GroupStatus[]; readonly rows: readonly StallRow[] } | null = null;

/** Every stall timer that runs: the stalled on top, then the nearest to its limit; the equally near as the list has them. */
export function stallRows({ groups }: Pick<Status, 'groups'>): readonly StallRow[] {
  // Update and view ask for the same rows after each message.
  if (latest?.groups !== groups) latest = { groups, rows: makeRows(groups) };
  return latest.rows;
}

function makeRows(groups: readonly GroupStatus[]): StallRow[] {
  const rows = groups.flatMap((group) =>
    group.processes.flatMap((process) => rowsOf(`${group.name}/${process.name}`, process)),
  );
  // Of ten thousand processes each comparison counts.
  const ranked = rows.map((row, place) => ({ row, place, rank: (row.isStalled ? 1e6 : 0) + shareOf(row.timer) }));
  return ranked.sort((a, b) => b.rank - a.rank || a.place - b.place).map(({ row }) => row);
}

function rowsOf(name: string, { stall, stalled, slots }: ProcessStatus): StallRow[] {
  return stall.map((timer) => ({
    key: `${name} ${timer.rule}`,
    target: slots.length > 1 ? `${name}#${timer.slot}` : name,
    timer,
    isStalled: stalled?.rule === timer.rule,
  }));
}
