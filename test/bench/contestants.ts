// Whoever keeps a stamping program alive: the floors, the peers, ourselves.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemon, killDaemon, matchEntry, profileText, startDaemon } from './daemon.ts';
import type { Goal } from './figures.ts';
import { folder, killAndWait } from './place.ts';
import type { Programs } from './programs.ts';
import { latestStamp, nextStamp } from './stamps.ts';

export interface Contestant {
  readonly what: string;
  /** Of its stamps. */
  readonly name: string;
  /** Contestants of one kind are compared with the first floor of that kind. */
  readonly kind: 'child' | 'other';
  readonly isFloor?: boolean;
  readonly goal?: Goal;
  /** Null when its program runs, or why it cannot take part. */
  start(): Promise<string | null>;
  /** Told the pid of each new process. */
  readonly restarted?: (pid: number) => void;
  stop(): Promise<void>;
}

const soon: Goal = { below: 5, text: '< 5 ms' };

/** Floors first. */
export function contestants(programs: Programs): Contestant[] {
  const { floors, stamp, restartOther } = programs;
  const ours = ourselves(programs);
  return [
    ...(floors === null ? [] : [keeper('floor: waitpid loop in C', 'floor-c', [floors.keepChild, stamp], true)]),
    keeper('floor: child loop in Node', 'floor-node', [process.execPath, programs.keepChildInNode, stamp], true),
    { ...ours, what: 'procsaver', name: 'few/p1', kind: 'child', goal: soon },
    keeper('runit', 'runit', ['runsv', serviceFolder('runit', stamp)]),
    keeper('s6, with readiness', 's6', ['s6-supervise', s6Folder(stamp)], false, { STAMP_READY_FD: '3' }),
    keeper('supervisord', 'supervisord', ['supervisord', '-n', '-c', supervisorFile(stamp)]),
    ...(floors === null ? [] : [pidfdFloor(floors.keepOther, [restartOther, 'floor-other', stamp])]),
    { ...ours, what: 'procsaver, `match` entry and its script', name: 'other1', kind: 'other', goal: soon },
  ];
}

/** Something that is started with a command and then keeps the program alive. */
function keeper(what: string, name: string, command: readonly string[], isFloor = false, environment = {}): Contestant {
  let child: ChildProcess | null = null;
  return {
    what,
    name,
    kind: 'child',
    isFloor,
    async start() {
      const [program = '', ...words] = command;
      if (spawnSync('which', [program]).status !== 0)
        return `${program} IS NOT INSTALLED; \`bash scripts/install-test-programs.sh\` installs it`;
      child = spawn(program, words, { env: { ...process.env, ...environment, STAMP_NAME: name }, stdio: 'ignore' });
      return await came(name, 0);
    },
    async stop() {
      await killAndWait([child?.pid ?? 0]);
      await killAndWait([latestStamp(name)?.pid ?? 0]);
    },
  };
}

async function came(name: string, notPid: number): Promise<string | null> {
  try {
    await nextStamp(name, notPid);
    return null;
  } catch (error) {
    return (error as Error).message.toUpperCase();
  }
}

/** One daemon with one child and one `match` entry stands for two contestants. */
function ourselves(programs: Programs): Pick<Contestant, 'start' | 'stop'> {
  let daemon: Daemon | null = null;
  return {
    async start() {
      if (daemon !== null) return null;
      const other = matchEntry('other1', programs);
      ({ daemon } = await startDaemon('few', profileText('few', 1, programs.stamp, other)));
      return (await came('few/p1', 0)) ?? (await came('other1', 0));
    },
    async stop() {
      if (daemon === null) return;
      await killDaemon(daemon);
      daemon = null;
      await killAndWait(['few/p1', 'other1'].map((name) => latestStamp(name)?.pid ?? 0));
    },
  };
}

/** Waits by a pidfd for what is not its child, then runs the same script as our `match` entry. */
function pidfdFloor(keepOther: string, script: readonly string[]): Contestant {
  const name = 'floor-other';
  let child: ChildProcess | null = null;
  const restarted = (pid: number): void => void child?.stdin?.write(`${pid}\n`);
  return {
    what: 'floor: pidfd loop in C, with the same script',
    name,
    kind: 'other',
    isFloor: true,
    async start() {
      child = spawn(keepOther, script, { stdio: ['pipe', 'ignore', 'ignore'] });
      spawnSync(script[0] ?? '', script.slice(1), { stdio: 'ignore' });
      const problem = await came(name, 0);
      restarted(latestStamp(name)?.pid ?? 0);
      return problem;
    },
    restarted,
    async stop() {
      await killAndWait([child?.pid ?? 0, latestStamp(name)?.pid ?? 0]);
    },
  };
}

/** The program itself is `run`: no shell before it, which is the best that runit and s6 can do. */
function serviceFolder(name: string, stamp: string): string {
  const service = join(folder, name);
  mkdirSync(service);
  symlinkSync(stamp, join(service, 'run'));
  return service;
}

function s6Folder(stamp: string): string {
  const service = serviceFolder('s6', stamp);
  writeFileSync(join(service, 'notification-fd'), '3\n');
  return service;
}

function supervisorFile(stamp: string): string {
  const file = join(folder, 'supervisord.conf');
  const ownFiles = `logfile=${folder}/supervisord.log\npidfile=${folder}/supervisord.pid\n`;
  writeFileSync(
    file,
    `[supervisord]\nnodaemon=true\n${ownFiles}[program:stamp]\ncommand=${stamp}\nautorestart=true\nstartsecs=1\nstdout_logfile=NONE\nstderr_logfile=NONE\n`,
  );
  chmodSync(file, 0o644);
  return file;
}
