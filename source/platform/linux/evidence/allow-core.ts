import { getSystemErrorMap } from 'node:util';
import { RLIMIT_CORE, readLimit, setLimit } from '../../../../native-bindings/linux/resource-limit.ts';
import type { Instance } from '../../../ports/instance.ts';
import { statOf } from '../proc.ts';

/** Lets the kernel write a core of this process when it crashes: most systems start everything with a limit of zero. Null, or why not. */
export function allowCore(instance: Instance): string | null {
  if (statOf(instance) === null) return `Process ${instance.pid} has ended already.`;
  const limit = readLimit(instance.pid, RLIMIT_CORE);
  if (typeof limit === 'number') return describe(instance, limit);
  // Root may lift the hard limit as well; others go as far as theirs allows.
  const hard = process.geteuid?.() === 0 ? unlimited : limit.hard;
  if (hard === 0n)
    return `Process ${instance.pid} may write no core: its hard limit (ulimit -Hc) is 0. Raise the engine's own, or run it as root.`;
  const result = setLimit(instance.pid, RLIMIT_CORE, { soft: hard, hard });
  return result < 0 ? describe(instance, result) : null;
}

const unlimited = 2n ** 64n - 1n;

function describe({ pid }: Instance, result: number): string {
  const [code, message] = getSystemErrorMap().get(result) ?? [`errno ${-result}`, 'unknown error'];
  return `The limit of the core of process ${pid} could not be raised: ${code}, ${message}.`;
}
