// An invented evening on an invented machine, as SCREENS of the manual show it. Times are in UTC: tests say so below.
import type { Status } from '../../source/control/protocol.ts';
import type { Parameter } from '../../source/engine/parameter.ts';
import type { GroupStatus, PauseStatus, ProcessState, ProcessStatus, SlotStatus } from '../../source/engine/status.ts';
import type { Notice, NoticeLine } from '../../source/notices/notice.ts';
import { noticeLine } from '../../source/notices/text.ts';

// The screens show local time; the golden ones were drawn here.
process.env['TZ'] = 'UTC';

export const nowMs = Date.parse('2026-11-22T13:02:14.000Z');

export function ago(seconds: number): string {
  return new Date(nowMs - seconds * 1000).toISOString();
}

function ahead(seconds: number): string {
  return ago(-seconds);
}

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

interface Told extends Partial<ProcessStatus> {
  /** Pids of its instances; none: it is not living. */
  readonly pids?: readonly number[];
  /** Seconds that its instances have lived. */
  readonly upFor?: number;
  readonly count?: number;
  readonly nextIn?: number;
}

/** A process of which only what matters is told. */
export function process_(name: string, state: ProcessState, told: Told = {}): ProcessStatus {
  const { pids = [], upFor = 0, count = 0, nextIn, ...rest } = told;
  const expected = rest.expected ?? 1;
  const slot = (number: number): SlotStatus => ({
    slot: number,
    state,
    since: ago(upFor),
    nextAt: nextIn === undefined ? null : ahead(nextIn),
    restarts: count,
    givenUpWith: null,
  });
  return {
    name,
    kind: 'command',
    state,
    wanted: state === 'stopped' ? 'down' : 'up',
    ready: state === 'running',
    paused: null,
    stalled: null,
    instances: pids.map((pid, at) => ({ slot: at + 1, pid, startedAt: ago(upFor) })),
    expected,
    restarts: { count, limit: 3, within: '24h', nextFreeAt: count > 0 ? ahead(11 * hour) : null },
    lastExit: null,
    lastFailure: null,
    stall: [],
    says: null,
    cpuPercent: 0,
    memoryBytes: 0,
    slots: Array.from({ length: expected }, (_, at) => slot(at + 1)),
    dependsOn: [],
    overrides: {},
    why: null,
    ...rest,
  };
}

export function group(name: string, processes: readonly ProcessStatus[], told: Partial<GroupStatus> = {}): GroupStatus {
  return {
    name,
    description: '',
    state: 'up',
    strategy: 'one-for-one',
    escalation: 'continue',
    paused: null,
    processes,
    ...told,
  };
}

export const megabytes = (count: number): number => count * 2 ** 20;

const patching: PauseStatus = { by: 'ops1', why: 'patching', until: ahead(87 * minute + 46) };

const shop = group(
  'shop',
  [
    process_('database', 'running', {
      kind: 'match',
      pids: [4410],
      upFor: 3 * day + 4 * hour,
      cpuPercent: 1.2,
      memoryBytes: megabytes(210),
    }),
    process_('api', 'running', {
      pids: [4431],
      upFor: 2 * hour + 14 * minute,
      count: 2,
      cpuPercent: 0,
      memoryBytes: megabytes(88),
      lastExit: { signal: 'SIGSEGV', core: true },
      dependsOn: [{ name: 'shop/database', condition: 'ready', holds: true }],
      overrides: { 'restart.within': { value: '1h', by: 'ops2', at: ago(102 * minute) } },
    }),
    process_('worker', 'running', {
      pids: [4440, 4441, 4442, 4450],
      expected: 4,
      upFor: 2 * hour + 10 * minute,
      cpuPercent: 3.1,
      memoryBytes: megabytes(402),
      dependsOn: [{ name: 'shop/api', condition: 'started', holds: true }],
    }),
  ],
  { description: 'Web shop' },
);

const batch = group(
  'batch',
  [
    process_('nightly', 'fatal', {
      upFor: 9 * hour + 50 * minute,
      count: 3,
      lastExit: { code: 1 },
      why: 'given up at 03:12: 3 restarts within 24h did not cure it (exit 1)',
    }),
    process_('import', 'waiting', {
      dependsOn: [{ name: 'batch/nightly', condition: 'completed', holds: false }],
      why: 'waits for batch/nightly to be completed',
    }),
  ],
  { state: 'fatal' },
);

const mail = group(
  'mail',
  ['smtp', 'imap', 'queue', 'filter', 'virus', 'archive'].map((name, at) =>
    process_(name, 'running', {
      pids: [5100 + at],
      upFor: 9 * day,
      cpuPercent: 0.1,
      memoryBytes: megabytes(21),
      paused: patching,
    }),
  ),
  { paused: patching },
);

const system = group('system', [
  process_('ntp', 'running', { pids: [811], upFor: 9 * day + 22 * hour, memoryBytes: megabytes(14) }),
  process_('gateway', 'backoff', {
    count: 1,
    nextIn: 8,
    lastExit: { signal: 'SIGSEGV', core: true },
    why: 'went down: killed by SIGSEGV, core dumped; restarted in 8 s',
  }),
  process_('backup', 'stopped', {}),
]);

export const status: Status = {
  engine: {
    instance: 'default',
    pid: 4312,
    version: '1.0.0',
    startedAt: ago(3 * day + 4 * hour + 12 * minute),
    profiles: ['/etc/procsaver/profiles.d/shop.yaml'],
    host: 'web01',
    problems: [],
  },
  groups: [shop, batch, mail, { ...system, state: 'degraded' }],
};

function notice(id: Notice['id'], secondsAgo: number, told: Partial<Notice>): NoticeLine {
  const whole = {
    id,
    atMs: nowMs - secondsAgo * 1000,
    group: null,
    process: null,
    instance: null,
    by: null,
    parameters: {},
    ...told,
  };
  return noticeLine(whole, 'en');
}

export const notices: readonly NoticeLine[] = [
  notice('process.gave-up', 9 * hour + 50 * minute, {
    group: 'batch',
    process: 'nightly',
    parameters: { limit: 3, within: '24h', reason: { code: 1 } },
  }),
  notice('operator.changed', 102 * minute, {
    group: 'shop',
    process: 'api',
    by: 'ops2',
    parameters: { target: 'shop/api', field: 'restart.within', from: '24h', to: '1h' },
  }),
  notice('operator.paused', 22 * minute, {
    group: 'mail',
    by: 'ops1',
    parameters: { target: 'mail', until: '14:30', why: 'patching' },
  }),
  notice('process.down', 4, {
    group: 'system',
    process: 'gateway',
    instance: { slot: 1, pid: 902 },
    parameters: { reason: { signal: 'SIGSEGV', core: true } },
  }),
  notice('process.restarting', 4, {
    group: 'system',
    process: 'gateway',
    parameters: { count: 1, limit: 3, within: '24h', delayMs: 12000 },
  }),
];

export const output: readonly string[] = [
  '13:01:58 GET / 200 3ms',
  '13:02:01 GET /cart 200 12ms',
  '13:02:06 GET /cart 200 11ms',
  '13:02:11 \u001b[33mPOST /order\u001b[0m 201 48ms',
];

function parameter(field: string, told: Partial<Parameter> & Pick<Parameter, 'type' | 'help' | 'default'>): Parameter {
  return { field, range: '', profile: told.default, current: told.default, override: null, live: true, ...told };
}

export const parameters: readonly Parameter[] = [
  parameter('command', {
    type: 'list of words',
    help: 'Program and arguments.',
    default: null,
    profile: ['node', 'server.js'],
    current: ['node', 'server.js'],
    live: false,
  }),
  parameter('directory', {
    type: 'path',
    help: 'Where it starts.',
    default: null,
    profile: '/srv/shop',
    current: '/srv/shop',
    live: false,
  }),
  parameter('restart.when', {
    type: 'one of always, on-failure, never',
    help: 'After which ends it is restarted.',
    default: 'always',
  }),
  parameter('restart.limit', {
    type: 'number',
    range: '0 to 1000',
    help: 'Restarts allowed within the window; one more failure means giving up.',
    default: 3,
  }),
  parameter('restart.within', {
    type: 'duration',
    range: '1s to 30d',
    help: 'The window in which restarts are counted.',
    default: '24h',
    current: '1h',
    override: { by: 'ops2', at: ago(102 * minute) },
  }),
  parameter('restart.delay', {
    type: 'duration',
    range: '0s to 1h',
    help: 'Before the first restart within the window.',
    default: '0s',
  }),
  parameter('restart.backoff.initial', {
    type: 'duration',
    range: '0s to 1h',
    help: 'Before the second restart within the window.',
    default: '1s',
  }),
  parameter('restart.backoff.factor', {
    type: 'number',
    range: '1 to 100',
    help: 'How much longer each further wait is.',
    default: 2,
  }),
  parameter('restart.backoff.max', { type: 'duration', range: '0s to 24h', help: 'The longest wait.', default: '60s' }),
  parameter('stop.signal', { type: 'signal', help: 'How it is asked to end.', default: 'TERM' }),
  parameter('stop.grace', { type: 'duration', range: '0s to 1h', help: 'Between asking and killing.', default: '10s' }),
  parameter('stop.tree', { type: 'true or false', help: 'Kill the whole tree in the end.', default: true }),
  parameter('ready.within', {
    type: 'duration',
    range: '1s to 1h',
    help: 'Not ready by then is a failed start.',
    default: '60s',
  }),
];
