// What lies in the evidence of the invented machine, and what its processes have written.
import type {
  IncidentLine,
  IncidentPart,
  IncidentSummary,
  OutputSince,
} from '../../source/control/reading-protocol.ts';
import { ago, day, hour, minute } from './fixtures.ts';

const PRINT = 'a1b2c3d4 stall output in cart_checkout, pthread_mutex_lock: POST /order';

const costs = { tookMs: 61, outageMs: 48 };

const line = (number: number, process: string, told: Partial<IncidentLine>): IncidentLine => ({
  ...{ number, at: ago(hour), process, reason: 'stall-output', text: 'no output for 5 min', fingerprint: PRINT },
  ...{ first: number, times: 1, isKept: true, costs },
  ...told,
});

const all: readonly IncidentLine[] = [
  line(31, 'shop/api', { first: 12, times: 9 }),
  line(28, 'shop/api', {
    at: ago(9 * hour),
    reason: 'signal-SIGSEGV',
    text: 'killed by SIGSEGV',
    fingerprint: 'ffee0102 SIGSEGV in cart_free',
  }),
  line(27, 'batch/nightly', {
    at: ago(10 * hour),
    reason: 'exit-1',
    text: 'exit 1',
    costs: { tookMs: 9, outageMs: 0 },
  }),
  line(12, 'shop/api', { at: ago(6 * day), isKept: false, costs: null }),
];

export function incidents(target: string | null): readonly IncidentLine[] {
  return all.filter(({ process }) => target === null || process === target || process.startsWith(`${target}/`));
}

const folder = '/var/lib/procsaver/default/evidence/20261122T120214.000Z-shop-api-stall-output';

export function incident(number: number): IncidentSummary {
  return {
    ...{ number, at: ago(hour), process: 'shop/api', slot: 1, text: 'no output for 5 min', exit: null, pid: 4431 },
    ...{ uptimeMs: 134 * minute * 1000, command: ['node', 'server.js'], directory: '/srv/shop', user: 'shop' },
    ...{ fingerprint: PRINT, same: { number: 12, times: 9, since: ago(6 * day) } },
    costs: { ...costs, parts: { stack: 44, samples: 2 } },
    missing: ['no core: it is not asked for in the profile'],
    folder,
    files: [
      ['core.4431', 310 * 2 ** 20],
      ['incident.json', 2100],
      ['notices.jsonl', 103_408],
      ['output.txt', 900],
      ['samples.jsonl', 5300],
      ['stack.txt', 614],
    ].map(([name, bytes]) => ({ name: String(name), bytes: Number(bytes) })),
  };
}

const texts: Readonly<Record<string, string>> = {
  'stack.txt': `1 thread of process 4431, as the kernel sees them

thread 4431 node: S (sleeping), waits in futex_wait_queue
    kernel: do_syscall_64+0x71/0x280

the stacks of the program itself

TID 4431:
#0  0x00007fad5f312503 futex_wait
#1  0x00007fad5f316e53 pthread_mutex_lock
#2  0x000055c8b171c4af cart_checkout (order=0x55c8) at cart.c:214
#3  0x000055c8b171bf81 main
`,
  'samples.jsonl': [60, 50, 40]
    .map((seconds, index) =>
      JSON.stringify({
        ...{ at: ago(hour + seconds), cpuPercent: index * 12.5, memoryBytes: (80 + index) * 2 ** 20 },
        ...{ threads: 6, descriptors: index === 0 ? 21 : null, state: 'sleeping' },
      }),
    )
    .join('\n'),
  'notices.jsonl': [
    { state: { launches: 20 } },
    { process: { name: 'shop/api' } },
    { event: { type: 'timer-rang', timer: 'vital:shop/api#1', at: { monoMs: 1, wallMs: Date.parse(ago(hour + 1)) } } },
    {
      notice: {
        ...{ id: 'process.stalled', atMs: Date.parse(ago(hour)), group: 'shop', process: 'api', instance: null },
        ...{ by: null, parameters: { reason: 'no output for 5 min' } },
      },
    },
    { end: 'x' },
  ]
    .map((one) => JSON.stringify(one))
    .join('\n'),
  'incident.json': '{\n  "number": 31\n}\n',
  'output.txt': 'GET /cart 200\nGET /cart \u001b[2J200\n',
};

export function incidentFile(name: string): IncidentPart {
  const text = texts[name];
  const bytes = incident(31).files.find((file) => file.name === name)?.bytes ?? 0;
  const path = `${folder}/${name}`;
  return text === undefined
    ? { path, bytes, isText: false, text: '', next: null }
    : { path, bytes, isText: true, text, next: null };
}

/** At the first question what was written, afterwards nothing more. */
export function outputSince(target: string, since: Readonly<Record<string, string>>): OutputSince {
  const names = target.includes('/') ? [target] : [`${target}/database`, `${target}/api`, `${target}/worker`];
  const isFirst = Object.keys(since).length === 0;
  const sources = names.map((name) => ({
    ...{ name, slot: 1, mark: '1:0:0:', partial: '', skippedBytes: 0, problem: null },
    lines: isFirst ? outputLines(name) : [],
  }));
  return { sources, more: false };
}

function outputLines(name: string): readonly string[] {
  const requests = Array.from({ length: 40 }, (_, at) => `13:01:${10 + at} GET /item/${at} 200 ${at % 7}ms`);
  return name.endsWith('/database')
    ? []
    : [
        ...requests,
        '13:02:11 \u001b[33mPOST /order\u001b[0m 500 48ms error: no such cart',
        `13:02:12 ${'x'.repeat(300)}`,
      ];
}
