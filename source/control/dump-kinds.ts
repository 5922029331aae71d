import type { Request } from '../engine/request.ts';

export type DumpKind = NonNullable<Extract<Request, { verb: 'dump' }>['kinds']>[number];

/** As keys, so that none can be forgotten. */
const known: Readonly<Record<DumpKind, true>> = { stack: true, core: true, mini: true, full: true };

/** What can be asked of `dump`. */
export const dumpKinds: readonly DumpKind[] = Object.keys(known) as DumpKind[];
