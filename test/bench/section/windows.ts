// The daemon for Windows, as far as Wine can tell: its process as Linux counts it. Not comparable with a real Windows.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isFresh } from '../../../scripts/freshness.ts';
import { project } from '../../../scripts/run.ts';
import type { NoticeLine } from '../../../source/notices/notice.ts';
import { until } from '../../end-to-end/until.ts';
import { WindowsMachine } from '../../windows/windows-machine.ts';
import { windowsExecutable, windowsPath, windowsProgram } from '../../windows/windows-programs.ts';
import { isWineSetUp, wineFolder } from '../../windows/wine.ts';
import { pause } from '../daemon.ts';
import type { Figure } from '../figures.ts';
import { cpuMs, megabytes, wakeUps } from './rest.ts';

const watched = 200;
const settleMs = 30_000;
const restMs = 30_000;
const kills = 20;
const startPatienceMs = 120_000;

export async function windowsSection(): Promise<Figure[]> {
  if (!isWineSetUp) throw new Error(`there is no Wine in ${wineFolder}; as root, scripts/install-wine.sh sets it up`);
  if (!isFresh(project, 'dist/procsaver.exe'))
    execFileSync('node', ['scripts/build.ts', '--windows'], { cwd: project, stdio: 'inherit' });
  const machine = new WindowsMachine();
  try {
    machine.boot();
    return await measure(machine);
  } finally {
    await machine.cleanUp();
  }
}

async function measure(machine: WindowsMachine): Promise<Figure[]> {
  const program = windowsPath(windowsProgram('waits'));
  writeFileSync(
    machine.path('bench.yaml'),
    `groups:
  bench:
    processes:
      waits: { command: ["${program}"], instances: ${watched}, restart: { limit: 1000, backoff: { initial: 0s } } }
`,
  );
  const environment = { PROCSAVER_HOME: 'C:\\home' };
  const begunAtMs = performance.now();
  const { pid = 0 } = machine.start(
    [windowsExecutable, '--daemon', 'C:\\bench.yaml'],
    machine.path('bench.log'),
    environment,
  );
  const journal = machine.path('home/default/journal.jsonl');
  await until(`${watched} that are up`, () => noticesIn(journal, 'process.up').length >= watched, startPatienceMs);
  const startMs = performance.now() - begunAtMs;
  await pause(settleMs);
  const before = { cpuMs: cpuMs(pid), wakeUps: wakeUps(pid), atMs: performance.now() };
  await pause(restMs);
  const seconds = (performance.now() - before.atMs) / 1000;
  const one = (what: string, unit: Figure['unit'], value: number): Figure => ({ what, unit, samples: [value] });
  return [
    one(`${watched} first starts, the daemon's own included`, 's', startMs / 1000),
    one(`resident, ${watched} watched`, 'MB', megabytes(pid, 'VmRSS')),
    one('anonymous of it', 'MB', megabytes(pid, 'RssAnon')),
    one('CPU over 30 s, of one core', '%', (cpuMs(pid) - before.cpuMs) / (seconds * 10)),
    one('wake-ups of all its threads', '/s', (wakeUps(pid) - before.wakeUps) / seconds),
    { what: 'kill -9 to the moment in the notice (whole ms)', unit: 'ms', samples: await deaths(machine, journal) },
  ];
}

/** A poll each second would take 500 ms in the middle. */
async function deaths(machine: WindowsMachine, journal: string): Promise<number[]> {
  const samples: number[] = [];
  for (let count = 0; count < kills; count++) {
    const [victim] = waiting(machine);
    if (victim === undefined) throw new Error('none of the watched programs is found among the processes');
    const known = noticesIn(journal, 'process.down').length;
    const killedAtMs = Date.now();
    process.kill(victim, 'SIGKILL');
    const down = await until('the notice of a death', () => noticesIn(journal, 'process.down')[known]);
    samples.push(Date.parse(down.at) - killedAtMs);
    await pause(200);
  }
  return samples;
}

function noticesIn(journal: string, id: NoticeLine['id']): NoticeLine[] {
  try {
    const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as NoticeLine).filter((notice) => notice.id === id);
  } catch {
    return [];
  }
}

/** The watched programs as processes of Linux. */
function waiting({ folder }: WindowsMachine): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('waits.exe') &&
          readFileSync(`/proc/${name}/environ`, 'utf8').includes(folder)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}
