// Reads an access list as Windows writes it down (SDDL, learn.microsoft.com "Security Descriptor String Format"). Pure.

export interface AccessEntry {
  readonly isAllowed: boolean;
  /** For what is made below only; means nothing for the thing itself. */
  readonly isInheritOnly: boolean;
  readonly rights: number;
  /** `S-1-5-32-545`, or two letters. */
  readonly account: string;
}

export interface AccessText {
  readonly owner: string;
  /** Null: no list at all, which lets everybody do everything. */
  readonly entries: readonly AccessEntry[] | null;
}

/** **The table** of rights by their letters. */
const letters: Readonly<Record<string, number>> = {
  GA: 0x1000_0000,
  GX: 0x2000_0000,
  GW: 0x4000_0000,
  GR: 0x8000_0000,
  FA: 0x001f_01ff,
  FR: 0x0012_0089,
  FW: 0x0012_0116,
  FX: 0x0012_00a0,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  SD: 0x1_0000,
  RC: 0x2_0000,
  WD: 0x4_0000,
  WO: 0x8_0000,
};

export function readAccess(text: string): AccessText {
  const owner = /O:(S-[\d-]+|[A-Z]{2})/.exec(text)?.[1] ?? '';
  const list = /D:([A-Z_]*)((?:\([^)]*\))*)/.exec(text);
  if (list === null || list[1]?.includes('NO_ACCESS_CONTROL')) return { owner, entries: null };
  const entries = [...(list[2] ?? '').matchAll(/\(([^)]*)\)/g)].map(([, entry = '']) => readEntry(entry));
  return { owner, entries };
}

function readEntry(entry: string): AccessEntry {
  const [type = '', flags = '', rights = '', , , account = ''] = entry.split(';');
  return {
    isAllowed: type.startsWith('A') || type === 'XA',
    isInheritOnly: /IO/.test(flags),
    rights: rightsOf(rights),
    account,
  };
}

function rightsOf(text: string): number {
  if (/^0x/i.test(text)) return Number.parseInt(text, 16);
  return [...text.matchAll(/[A-Z]{2}/g)].reduce((sum, [name]) => (sum | (letters[name] ?? 0)) >>> 0, 0);
}

/** <winnt.h>: what changes a file or who may, and what puts another in its place. */
const writes = { file: 0x500d_0006, nearest: 0x500d_0042, above: 0x500c_0040 } as const;

/** `file`: what is read itself · `nearest`: its folder, where another could be laid beside it · `above`: the folders over that. */
export type Place = keyof typeof writes;

/** Accounts that may do so; without those of `trusted`. `everybody` where there is no list. */
export function strangersIn({ owner, entries }: AccessText, place: Place, trusted: ReadonlySet<string>): string[] {
  if (entries === null) return ['everybody'];
  const may = entries.filter(
    ({ isAllowed, isInheritOnly, rights }) => isAllowed && !isInheritOnly && (rights & writes[place]) !== 0,
  );
  return [...new Set([owner, ...may.map(({ account }) => account)])].filter((account) => !trusted.has(account));
}
