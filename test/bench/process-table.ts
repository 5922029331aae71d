// What a look at all processes costs with 1,000 of them, and what 1,000 or 10,000 watched cost at rest.
//   node test/bench/process-table.ts [COUNT]
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnProcess } from '../../native-bindings/linux/spawn.ts';
import { openPlatform } from '../../source/platform/linux/platform.ts';
import { instanceOf, readStat } from '../../source/platform/linux/proc.ts';

const count = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'procsaver-bench-'));
const platform = openPlatform({ stateDirectory: folder, runtimeDirectory: folder }, (text) => console.error(text));
const { table, watcher } = platform.ports;
const output = openSync('/dev/null', 'w');
const order = { file: '/bin/sleep', arguments: ['sleep', '1000'], environment: [], directory: '/', output };
const pids = Array.from({ length: count }, () => spawnProcess(order));
closeSync(output);

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const say = (text: string) => process.stdout.write(`${text}\n`);

const beforeWatching = performance.now();
for (const pid of pids) {
  const stat = readStat(pid);
  if (stat !== null) watcher.watch(instanceOf(stat), () => {});
}
say(`${count} watched: ${((performance.now() - beforeWatching) / count).toFixed(3)} ms each`);

const query = { executable: '/bin/sleep', arguments: '^1000$', user: null, pidFile: null };
// The first scan reads all details, the later ones those of processes younger than a minute.
for (const name of ['first scan', 'second scan', 'a scan when all are older than a minute']) {
  if (name.startsWith('a scan')) await new Promise((resolve) => setTimeout(resolve, 61_000));
  if (name.startsWith('a scan')) await new Promise<void>((resolve) => table.find([query], () => resolve()));
  const before = cpuMs();
  const began = performance.now();
  const found = await new Promise<number>((resolve) =>
    table.find([query], ([instances]) => resolve(instances?.length ?? 0)),
  );
  say(
    `${name}: ${found} found, ${(cpuMs() - before).toFixed(1)} ms of CPU, ${(performance.now() - began).toFixed(1)} ms in all`,
  );
}

const restMs = 15_000;
const beforeRest = cpuMs();
await new Promise((resolve) => setTimeout(resolve, restMs));
say(
  `at rest: ${(((cpuMs() - beforeRest) / restMs) * 100).toFixed(3)} % of a core; resident ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
);

for (const pid of pids) process.kill(pid, 'SIGKILL');
await new Promise((resolve) => setTimeout(resolve, 500));
platform.close();
rmSync(folder, { recursive: true });
