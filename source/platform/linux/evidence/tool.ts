// Programs that look into a process: in a session of their own, with a time limit, killed with all they started.
import { type ChildProcess, spawn } from 'node:child_process';
import { findProgram } from '../executable-file.ts';

export type ToolResult =
  /** It ended by itself. */
  | { readonly kind: 'ended'; readonly status: number | null; readonly output: string }
  | { readonly kind: 'time-over'; readonly output: string }
  | { readonly kind: 'missing' };

export interface ToolOrder {
  readonly command: readonly string[];
  readonly limitMs: number;
  /** More output than this is thrown away. */
  readonly maxBytes?: number;
}

/** Killed, it may still hang in the kernel for a moment; nobody waits longer. */
const dyingMs = 1_000;

const running = new Set<number>();

export function hasTool(name: string): boolean {
  return 'file' in findProgram(name, process.env['PATH'], '/');
}

/** Both of its outputs as one text. Never rejects. */
export function runTool({ command, limitMs, maxBytes = 4 * 1024 * 1024 }: ToolOrder): Promise<ToolResult> {
  const found = findProgram(command[0] ?? '', process.env['PATH'], '/');
  if (!('file' in found)) return Promise.resolve({ kind: 'missing' });
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(found.file, command.slice(1), {
        cwd: '/',
        detached: true,
        // No settings of anybody, and nothing fetched from the network.
        env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', HOME: '/', DEBUGINFOD_URLS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch {
      resolve({ kind: 'missing' });
      return;
    }
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    const pieces: Buffer[] = [];
    let bytes = 0;
    const hear = (piece: Buffer) => {
      if (bytes < maxBytes) pieces.push(piece);
      bytes += piece.length;
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    let isOver = false;
    const end = (status: number | null) => {
      clearTimeout(limit);
      clearTimeout(dying);
      if (pid !== undefined) running.delete(pid);
      child.stdout?.destroy();
      child.stderr?.destroy();
      const output = Buffer.concat(pieces).toString('utf8');
      resolve(isOver ? { kind: 'time-over', output } : { kind: 'ended', status, output });
    };
    let dying: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      isOver = true;
      killGroup(pid);
      dying = setTimeout(() => end(null), dyingMs);
    }, limitMs);
    child.on('error', () => {
      if (pid === undefined) end(null);
    });
    child.on('close', end);
    child.on('exit', () => {
      // Whoever it left behind holds the pipe, and would hold us.
      if (isOver) end(null);
    });
  });
}

/** It was started as the leader of a group that bears its pid, and is our child, so that no other can bear it now. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** The engine ends: nobody would keep their time any more. */
export function killTools(): void {
  for (const pid of running) killGroup(pid);
}
