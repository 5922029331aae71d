// A command line as an operator types it, in a process that exists only here.
import { dirname } from 'node:path';
import { run } from '../../source/cli/run.ts';
import type { Output, Surroundings } from '../../source/cli/surroundings.ts';
import type { GroupStatus, ProcessStatus } from '../../source/engine/status.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';

// Times are shown on the clock of the machine.
process.env['TZ'] = 'Asia/Tokyo';

export const now = Date.parse('2026-11-22T13:00:00.000+09:00');

export interface Told {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Typed {
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly directory?: string;
  /** Sees the output while the command runs. */
  readonly watch?: (stdout: string) => void;
}

/** `home` of a fake engine: what PROCSAVER_HOME has to be to reach it. */
export function homeOf(engine: { readonly path: string }): string {
  return dirname(dirname(engine.path));
}

/** Runs the words after `procsaver`. */
export async function typed(words: string | readonly string[], options: Typed = {}): Promise<Told> {
  const { stdout, stderr, surroundings } = captured(options);
  const argv = typeof words === 'string' ? words.split(' ').filter((word) => word !== '') : words;
  const status = await run(argv, surroundings);
  return { status, stdout: stdout.join(''), stderr: stderr.join('') };
}

function captured({ home = '/nonexistent', environment = {}, columns, directory = '/', watch }: Typed) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const output = (texts: string[]): Output => ({
    write(text) {
      texts.push(text);
      if (texts === stdout) watch?.(texts.join(''));
    },
    isTerminal: columns !== undefined,
    isFollowed: true,
    columns: () => columns ?? null,
    hasColours: false,
  });
  const surroundings: Surroundings = {
    environment: { PROCSAVER_HOME: home, ...environment },
    uid: 1001,
    directory,
    nowMs: () => now,
    stdout: output(stdout),
    stderr: output(stderr),
    isInteractive: false,
    outliveReaders: () => {},
  };
  return { stdout, stderr, surroundings };
}

export function processStatus(own: Partial<ProcessStatus> & Pick<ProcessStatus, 'name'>): ProcessStatus {
  const state = own.state ?? 'running';
  return {
    kind: 'command',
    state,
    wanted: 'up',
    ready: true,
    paused: null,
    stalled: null,
    instances: state === 'running' ? [{ slot: 1, pid: 4410, startedAt: '2026-11-22T10:45:00.000+09:00' }] : [],
    expected: 1,
    restarts: { count: 0, limit: 3, within: '24h', nextFreeAt: null },
    lastExit: null,
    lastFailure: null,
    stall: [],
    says: null,
    cpuPercent: 1.23,
    memoryBytes: 220_000_000,
    slots: [{ slot: 1, state, since: '2026-11-22T01:45:00.000Z', nextAt: null, restarts: 0, givenUpWith: null }],
    dependsOn: [],
    overrides: {},
    why: null,
    ...own,
  };
}

export function groupStatus(
  name: string,
  processes: readonly ProcessStatus[],
  own: Partial<GroupStatus> = {},
): GroupStatus {
  return {
    name,
    description: '',
    state: 'up',
    strategy: 'one-for-one',
    escalation: 'continue',
    paused: null,
    processes,
    ...own,
  };
}

export function noticeLine(own: Partial<NoticeLine> = {}): NoticeLine {
  return {
    id: 'process.down',
    at: '2026-11-22T04:02:11.456Z',
    severity: 'error',
    group: 'shop',
    process: 'api',
    instance: { slot: 1, pid: 4431 },
    reason: 'killed by SIGKILL',
    by: null,
    text: 'shop/api went down: killed by SIGKILL',
    parameters: { reason: { signal: 'SIGKILL', core: false } },
    ...own,
  };
}
