// npm start: the console on the demonstration profile. Leaves no process of the demonstration behind.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFresh } from './freshness.ts';
import { mustRun, project, run } from './run.ts';

const program = 'dist/procsaver';
const profile = 'profiles/demo.yaml';
const demo = ['--instance', 'demo'];
const noEngine = 5;

/** The exit status of `procsaver status`: 5 when no engine of the demonstration runs. */
async function engineStatus(): Promise<number> {
  return (await run(program, ['status', ...demo], 'ignore')).status;
}

/** Waits for a change that other processes make; gives up after ten seconds. */
async function until(isTrue: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await isTrue()) return true;
    await sleep(200);
  }
  return false;
}

/** The processes outlive their engine by design, so a last engine is started that takes them over and stops them. */
async function stopProcesses(): Promise<boolean> {
  const daemon = spawn(program, ['--daemon', ...demo, profile], { cwd: project, stdio: 'ignore' });
  try {
    if (!(await until(async () => (await engineStatus()) !== noEngine))) return false;
    return (await run(program, ['stop', '--all', ...demo], 'ignore')).status === 0;
  } finally {
    daemon.kill('SIGTERM');
    await until(async () => daemon.exitCode !== null || daemon.signalCode !== null);
  }
}

if (!isFresh(project, program)) await mustRun('node', ['scripts/build.ts']);

if (!process.stdin.isTTY || !process.stdout.isTTY) {
  process.stdout.write(`${program} is built. The console needs a terminal, and this is none. Without one:

  ${program} --daemon ${profile}    watch the demonstration in the foreground, without a screen
  ${program} status                             what is running, from another shell
  ${program} events --follow                    what happens
  ${program} stop --all                         stop the demonstration's processes
  ${program} --help                             everything else
`);
  process.exit(0);
}

const { status } = await run(program, [profile, ...demo, ...process.argv.slice(2)]);
if ((await engineStatus()) === noEngine) {
  const isStopped = await stopProcesses();
  process.stdout.write(
    isStopped
      ? "The demonstration's processes are stopped.\n"
      : `The demonstration's processes could not be stopped; look with: ${program} --daemon ${demo.join(' ')} ${profile}\n`,
  );
} else {
  process.stdout.write(
    `The demonstration is watched on in the background. To end it: ${program} stop --all ${demo.join(' ')}\n`,
  );
}
process.exit(status);
