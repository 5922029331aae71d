// The small programs that are started and killed: compiled here, or stood in for by the shell.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './place.ts';

const sources = join(import.meta.dirname, 'programs');
const bin = join(folder, 'bin');

export interface Programs {
  /** Stamps its start, then waits. */
  readonly stamp: string;
  /** The same under another name, for `match` entries. */
  readonly otherStamp: string;
  /** What the kernel says is running then. */
  readonly otherExecutable: string;
  /** Restart script: starts the program $2 as a daemon that stamps as $1. */
  readonly restartOther: string;
  /** Floors in C; null without a compiler. */
  readonly floors: { readonly keepChild: string; readonly keepOther: string; readonly startMany: string } | null;
  readonly keepChildInNode: string;
}

export function makePrograms(): Programs {
  mkdirSync(bin, { recursive: true });
  const otherStamp = join(bin, 'other-stamp');
  const restartOther = join(bin, 'restart-other');
  writeScript(restartOther, '#!/bin/sh\nexport STAMP_NAME=$1\n$2 </dev/null >/dev/null 2>&1 &\n');
  const shared = { otherStamp, restartOther, keepChildInNode: join(sources, 'keep-child.mjs') };
  const stamp = compile('stamp');
  if (stamp === null) {
    console.log(
      'NO C COMPILER (gcc): the new process cannot stamp its own start, so the arrival of its word counts (about 0.3 ms later, and a shell), and the floors in C are left out.',
    );
    return { ...shared, ...standIns(otherStamp), floors: null };
  }
  copyFileSync(stamp, otherStamp);
  const floors = {
    keepChild: compile('keep-child') ?? '',
    keepOther: compile('keep-other') ?? '',
    startMany: compile('start-many') ?? '',
  };
  return { ...shared, stamp, otherExecutable: otherStamp, floors };
}

function compile(name: string): string | null {
  const target = join(bin, name);
  try {
    execFileSync('gcc', ['-O2', '-o', target, join(sources, `${name}.c`)], { stdio: ['ignore', 'ignore', 'ignore'] });
    return target;
  } catch {
    return null;
  }
}

function standIns(otherStamp: string): Pick<Programs, 'stamp' | 'otherExecutable'> {
  const stamp = join(bin, 'stamp');
  const otherExecutable = join(bin, 'other-sleep');
  copyFileSync('/bin/sleep', otherExecutable);
  const say = 'echo "${STAMP_NAME:-$PROCSAVER_PROCESS} $$ -" >"$STAMP_FIFO"';
  writeScript(stamp, `#!/bin/sh\n${say}\nexec sleep 1000000\n`);
  writeScript(otherStamp, `#!/bin/sh\n${say}\nexec ${otherExecutable} 1000000\n`);
  return { stamp, otherExecutable };
}

function writeScript(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
