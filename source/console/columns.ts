import type { TextKey } from './words/text.ts';

export type ColumnName = 'name' | 'state' | 'pid' | 'up' | 'restarts' | 'note' | 'cpu' | 'memory';

export interface Column {
  readonly name: ColumnName;
  readonly head: TextKey;
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Empty columns before it. */
  readonly gap: number;
}

/** Signs of cursor, mark and folding, before the name. */
export const MARGIN = 4;

/** In the order of the screen. `from`: shown on terminals at least that wide; state and restarts are always shown. */
const TABLE: readonly (Column & { readonly from: number })[] = [
  { name: 'state', head: 'column-state', width: 15, align: 'left', gap: 2, from: 0 },
  { name: 'pid', head: 'column-pid', width: 7, align: 'left', gap: 1, from: 60 },
  { name: 'up', head: 'column-up', width: 7, align: 'right', gap: 1, from: 68 },
  { name: 'restarts', head: 'column-restarts', width: 11, align: 'left', gap: 2, from: 0 },
  { name: 'note', head: 'column-note', width: 14, align: 'left', gap: 2, from: 100 },
  { name: 'cpu', head: 'column-cpu', width: 5, align: 'right', gap: 1, from: 74 },
  { name: 'memory', head: 'column-memory', width: 5, align: 'right', gap: 1, from: 80 },
];

const NARROWEST_NAME = 18;
const WIDEST_NAME = 44;
/** `12 of 1000 24h`, where there is room for it. */
const MOST_FOR_RESTARTS = 4;

export type Hidden = readonly ColumnName[];

/** Columns that a user may do without: a list says at least who and how. */
export const choosable: readonly ColumnName[] = TABLE.map(({ name }) => name).filter((name) => name !== 'state');

export function columnHeadOf(wanted: ColumnName): TextKey {
  return TABLE.find(({ name }) => name === wanted)?.head ?? 'column-name';
}

/** Stall timers and notes have a place of their own on terminals that wide. */
export function hasNoteColumn(width: number, hidden: Hidden = []): boolean {
  return shownOn(width, hidden).some(({ name }) => name === 'note');
}

/** What is hidden makes room: the list is then as wide as a larger terminal's. */
function shownOn(width: number, hidden: Hidden): typeof TABLE {
  const freed = TABLE.filter(({ name, from }) => hidden.includes(name) && from <= width);
  const room = freed.reduce((sum, column) => sum + column.gap + column.width, width);
  return TABLE.filter(({ name, from }) => from <= room && !hidden.includes(name));
}

/** 0 where it has none. */
export function noteWidth(width: number, hidden: Hidden = []): number {
  return columnsFor(width, hidden).find(({ name }) => name === 'note')?.width ?? 0;
}

/** Columns for this width: restarts are told in full, then names and notes share what is left over. */
export function columnsFor(width: number, hidden: Hidden = []): readonly Column[] {
  const shown = shownOn(width, hidden);
  const fixed = shown.reduce((sum, column) => sum + column.gap + column.width, MARGIN);
  const free = Math.max(0, width - fixed - NARROWEST_NAME);
  const restartsExtra = Math.min(MOST_FOR_RESTARTS, Math.floor(free / 4));
  const spare = free - (shown.some(({ name }) => name === 'restarts') ? restartsExtra : 0);
  const nameWidth = Math.min(
    WIDEST_NAME,
    NARROWEST_NAME + (hasNoteColumn(width, hidden) ? Math.floor(spare / 3) : spare),
  );
  const noteExtra = spare - (nameWidth - NARROWEST_NAME);
  const name: Column = { name: 'name', head: 'column-name', width: nameWidth, align: 'left', gap: 0 };
  return [
    name,
    ...shown.map((column) => {
      const extra = column.name === 'note' ? noteExtra : column.name === 'restarts' ? restartsExtra : 0;
      return { ...column, width: column.width + extra };
    }),
  ];
}
