import type { GroupStatus, ProcessStatus, SlotStatus } from '../../engine/status.ts';

/** One line of the list. `name` is the row's identity and the target of a request. */
export type Row = GroupRow | ProcessRow | SlotRow;

export interface GroupRow {
  readonly is: 'group';
  readonly name: string;
  readonly group: GroupStatus;
  readonly folded: boolean;
}

export interface ProcessRow {
  readonly is: 'process';
  readonly name: string;
  readonly group: GroupStatus;
  readonly process: ProcessStatus;
  /** `none`: it has one slot only. */
  readonly slots: 'none' | 'hidden' | 'shown';
}

export interface SlotRow {
  readonly is: 'slot';
  readonly name: string;
  readonly group: GroupStatus;
  readonly process: ProcessStatus;
  readonly slot: SlotStatus;
}
