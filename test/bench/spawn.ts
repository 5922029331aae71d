// Node's child_process.spawn against posix_spawn through koffi: how long the main thread is held for each of 1,000 children.
//   node test/bench/spawn.ts [COUNT]
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { spawnProcess } from '../../native-bindings/linux/spawn.ts';

const count = Number(process.argv[2] ?? 1000);
const rounds = 3;
const output = openSync('/dev/null', 'w');
const environment = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);

function startByNode(): number {
  const child = spawn('/bin/sleep', ['1000'], { stdio: ['ignore', output, output], detached: true });
  child.unref();
  return child.pid ?? -1;
}

function startByPosixSpawn(): number {
  return spawnProcess({ file: '/bin/sleep', arguments: ['sleep', '1000'], environment, directory: '/', output });
}

function measure(start: () => number): { readonly eachMs: number[]; readonly totalMs: number } {
  const eachMs: number[] = [];
  const pids: number[] = [];
  const began = performance.now();
  for (let index = 0; index < count; index++) {
    const before = performance.now();
    pids.push(start());
    eachMs.push(performance.now() - before);
  }
  const totalMs = performance.now() - began;
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return { eachMs: eachMs.sort((a, b) => a - b), totalMs };
}

const starters = { 'child_process.spawn': startByNode, 'posix_spawn through koffi': startByPosixSpawn };
for (let round = 1; round <= rounds; round++) {
  for (const [name, start] of Object.entries(starters)) {
    const { eachMs, totalMs } = measure(start);
    const at = (share: number) => (eachMs[Math.floor((eachMs.length - 1) * share)] ?? 0).toFixed(2);
    process.stdout.write(
      `${name}: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, ${count} in ${(totalMs / 1000).toFixed(2)} s\n`,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
closeSync(output);
process.exit(0);
