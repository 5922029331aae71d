// The same evening with stall rules: one process is stalled, one is on its way to it, the others give signs of life.
import type { Status } from '../../source/control/protocol.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import { ago, status } from './fixtures.ts';

const told: Readonly<Record<string, Partial<ProcessStatus>>> = {
  database: {
    stall: [
      { rule: 'heartbeat', elapsedMs: 27_400, limitMs: 30_000, lostMs: 3_000 },
      { rule: 'probe', elapsedMs: 10_000, limitMs: 30_000, lostMs: 0 },
    ],
  },
  api: {
    stalled: { rule: 'output', since: ago(4) },
    stall: [
      { rule: 'heartbeat', elapsedMs: 2_100, limitMs: 30_000, lostMs: 0 },
      { rule: 'output', elapsedMs: 304_000, limitMs: 300_000, lostMs: 12_000 },
      { rule: 'cpu', elapsedMs: 290_000, limitMs: 600_000, lostMs: 0 },
    ],
    says: 'serving 12 carts',
    why: 'No output for 5 min 4 s (limit 5 min). Evidence is taken; then it is restarted, 3 of 3 within 1h.',
  },
  worker: { stall: [{ rule: 'heartbeat', elapsedMs: 9_000, limitMs: 30_000, lostMs: 0 }] },
  ntp: { stall: [{ rule: 'spinning', elapsedMs: 0, limitMs: 300_000, lostMs: 0 }] },
};

export function stalledStatus(): Status {
  const groups = status.groups.map((group) => ({
    ...group,
    state: group.name === 'shop' ? ('degraded' as const) : group.state,
    processes: group.processes.map((process) => ({ ...process, ...told[process.name] })),
  }));
  return { ...status, groups };
}
