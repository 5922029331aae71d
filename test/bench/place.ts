// A folder and a mark of this run: what carries the mark was started by this run, and is ended with it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const folder = mkdtempSync(join(tmpdir(), 'procsaver-bench-'));

const markName = 'STAMP_RUN';
const mark = `${markName}=${randomBytes(8).toString('hex')}`;
// Inherited by everything that is started from here.
process.env[markName] = mark.slice(markName.length + 1);

/** Kills whatever this run has started and is still there, and takes its folder away. */
export async function cleanUp(): Promise<void> {
  await killAll();
  rmSync(folder, { recursive: true, force: true });
}

/** Only between measurements in which everything of before has had its time. */
export async function killAll(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const left = ours();
    if (left.length === 0) break;
    for (const pid of left) kill(pid);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends some of ours before the run is over. */
export async function killAndWait(pids: readonly number[]): Promise<void> {
  const wanted = new Set(pids);
  for (let left = ours().filter((pid) => wanted.has(pid)); left.length > 0; ) {
    for (const pid of left) kill(pid);
    await new Promise((resolve) => setTimeout(resolve, 10));
    left = ours().filter((pid) => wanted.has(pid));
  }
}

function ours(): number[] {
  return (
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(Number)
      // A zombie has no environment any more, so only what lives is found.
      .filter((pid) => readOrNothing(`/proc/${pid}/environ`).includes(`${mark}\0`))
  );
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was quicker.
  }
}
