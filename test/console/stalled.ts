// The same evening with stall rules: one process is stalled, one is on its way to it, the others give signs of life.
import type { LiveLook } from '../../source/control/live-look.ts';
import type { Status } from '../../source/control/protocol.ts';
import type { ProcessStatus, StallStatus } from '../../source/engine/status.ts';
import { ago, nowMs, status } from './fixtures.ts';

const calm = (rule: string, elapsedMs: number, limitMs: number): StallStatus => ({
  rule,
  elapsedMs,
  limitMs,
  lostMs: 0,
  lostTo: '',
  slot: 1,
});

const told: Readonly<Record<string, Partial<ProcessStatus>>> = {
  database: {
    stall: [
      {
        rule: 'heartbeat',
        elapsedMs: 27_400,
        limitMs: 30_000,
        lostMs: 3_000,
        lostTo: 'host starvation (steal)',
        slot: 1,
      },
      { ...calm('probe', 10_000, 30_000), probe: { failures: 1, limit: 3, text: 'HTTP CRITICAL: 503 in 12 ms' } },
    ],
  },
  api: {
    stalled: { rule: 'output', since: ago(4) },
    stall: [
      calm('heartbeat', 2_100, 30_000),
      { rule: 'output', elapsedMs: 304_000, limitMs: 300_000, lostMs: 12_000, lostTo: 'a debugger', slot: 1 },
      calm('cpu', 290_000, 600_000),
    ],
    says: 'serving 12 carts',
    why: 'No output for 5 min 4 s (limit 5 min). Evidence is taken; then it is restarted, 3 of 3 within 1h.',
  },
  worker: { stall: [{ ...calm('heartbeat', 9_000, 30_000), slot: 2 }] },
  ntp: { stall: [calm('spinning', 0, 300_000)] },
};

export function stalledStatus(): Status {
  const groups = status.groups.map((group) => ({
    ...group,
    state: group.name === 'shop' ? ('degraded' as const) : group.state,
    processes: group.processes.map((process) => ({ ...process, ...told[process.name] })),
  }));
  return { ...status, groups };
}

function thread(tid: number, told: Partial<LiveLook['threads'][number]>): LiveLook['threads'][number] {
  return { tid, name: 'node', state: 'S', waitsIn: 'ep_poll', call: 'epoll_wait', file: '', runs: 7, ...told };
}

/** A Node program that writes a report to a share that does not answer. */
export function live(target: string): readonly LiveLook[] {
  const [name = '', slot = '1'] = target.split('#');
  const pid = 4430 + Number(slot);
  const waits = { waitsIn: 'futex_wait_queue', call: 'futex' };
  return [
    {
      name,
      slot: Number(slot),
      pid,
      threads: [
        thread(pid, { waitsIn: 'futex_wait_queue', call: 'futex' }),
        ...[1, 2, 3, 4].map((at) => thread(pid + at, { ...waits, name: 'V8Worker' })),
        ...[5, 6, 7].map((at) => thread(pid + at, { ...waits, name: 'libuv-worker' })),
        thread(pid + 8, {
          name: 'libuv-worker',
          state: 'D',
          waitsIn: 'nfs_wait_bit_killable',
          call: 'write',
          file: '/mnt/share/report.csv',
        }),
      ],
      more: 0,
      problem: null,
      stall: [],
      output: { line: 'writing /mnt/share/report.csv', at: new Date(nowMs - 304_000).toISOString() },
    },
  ];
}
