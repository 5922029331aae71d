// Runs a command with this project's own tools, installing them first where they are missing:
//   node scripts/with-install.mjs COMMAND [ARGUMENT...]
// Plain JavaScript without imports of packages, because it is the one script that the machine's own Node (18 or later) runs.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const tools = join(project, 'node_modules', '.bin');

// The lists are compared, not their dates: a checkout or a copy changes dates without changing what is installed.
function isInstalled() {
  const installedPath = join(project, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath) || !existsSync(join(tools, 'node'))) return false;
  const wanted = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    if (installed[path] === undefined) return entry.optional === true || entry.devOptional === true;
    return installed[path].version === entry.version;
  });
}

function run(command, args, path) {
  return new Promise((resolve) => {
    const forward = (signal) => {
      // A terminal gives Ctrl-C to the whole foreground group, so the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
    // Before the command begins: a signal that comes at its first word is its own already.
    for (const signal of signals) process.on(signal, forward);
    const child = spawn(command, args, {
      cwd: project,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, PATH: path },
    });
    const done = (status) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(status);
    };
    child.on('error', (error) => {
      process.stderr.write(`${command} cannot be started: ${error.message}\n`);
      done(127);
    });
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('Usage: node scripts/with-install.mjs COMMAND [ARGUMENT...]\n');
  process.exit(2);
}

const machinePath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== tools);
if (!isInstalled()) {
  process.stderr.write('Installing what package-lock.json names (npm ci); this takes half a minute the first time.\n');
  // The tools folder is off the path here: npm must not run on a Node that it is about to delete.
  const status = await run(
    'npm',
    ['ci', '--include=dev', '--no-progress', '--loglevel=error'],
    machinePath.join(delimiter),
  );
  if (status !== 0) {
    process.stderr.write(
      'npm ci failed. It needs the network once, and write access to node_modules/; its message stands above.\n',
    );
    process.exit(status);
  }
}
process.exit(await run(command, args, [tools, ...machinePath].join(delimiter)));
