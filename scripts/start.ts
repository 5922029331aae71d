// npm start: the console on the demonstration profile. Leaves no process of the demonstration behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { places } from '../source/control/address.ts';
import { isFresh } from './freshness.ts';
import { mustRun, project, run } from './run.ts';

const program = 'dist/procsaver';
const profile = 'profiles/demo.yaml';
const demo = ['--instance', 'demo'];
/** Exit status of `procsaver status`. */
const noEngine = 5;

async function isEngineRunning(): Promise<boolean> {
  return (await run(program, ['status', ...demo], 'ignore')).status !== noEngine;
}

/** False when the daemon ended instead, or hangs. */
async function isReady(daemon: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 50 && daemon.exitCode === null; attempt++) {
    if (await isEngineRunning()) return true;
    await sleep(200);
  }
  return false;
}

/** The processes outlive their engine by design, so a last engine is started that takes them over and stops them. */
async function stopProcesses(): Promise<boolean> {
  const daemon = spawn(program, ['--daemon', ...demo, profile], { cwd: project, stdio: 'ignore' });
  if (!(await isReady(daemon))) {
    daemon.kill();
    return false;
  }
  const { status: stopped } = await run(program, ['stop', '--all', ...demo], 'ignore');
  const { status: ended } = await run(program, ['shutdown', ...demo], 'ignore');
  return stopped === 0 && ended === 0;
}

if (!isFresh(project, program)) await mustRun('node', ['scripts/build.ts']);

if (!process.stdin.isTTY || !process.stdout.isTTY) {
  process.stdout.write(`${program} is built. The console needs a terminal, and this is none. Without one:

  ${program} --daemon ${profile}    watch the demonstration in the foreground, without a screen
  ${program} status                         what is running, from another shell
  ${program} events --follow                what happens
  ${program} stop --all                     stop the demonstration's processes
  ${program} shutdown                       end the engine
  ${program} --help                         everything else
`);
  process.exit(0);
}

const { status } = await run(program, [profile, ...demo, ...process.argv.slice(2)]);
if (await isEngineRunning()) {
  process.stdout.write(
    `The demonstration is watched on. To end it: ${program} stop --all ${demo.join(' ')}, and then shutdown\n`,
  );
} else if (await stopProcesses()) {
  // The next demonstration begins anew: without the counters of this one, and not stopped.
  rmSync(places('demo', process.env, process.getuid?.() ?? -1).stateDirectory, { recursive: true, force: true });
  process.stdout.write("The demonstration's processes are stopped.\n");
} else {
  process.stdout.write(
    `The demonstration's processes could not be stopped; see why: ${program} --daemon ${demo.join(' ')} ${profile}\n`,
  );
}
process.exit(status);
