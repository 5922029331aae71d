import { checked, libc, type Result } from './libc.ts';

const prlimit = libc.func('int prlimit64(int pid, int resource, const void *changed, void *current)');

/** <sys/resource.h> */
export const RLIMIT_CORE = 4;

/** struct rlimit64: two numbers of 64 bits. RLIM64_INFINITY has all bits set. */
export interface ResourceLimit {
  readonly soft: bigint;
  readonly hard: bigint;
}

const size = 16;

/** prlimit(2). ESRCH no such process · EPERM another user's, without CAP_SYS_RESOURCE · EINVAL no such resource. */
export function readLimit(pid: number, resource: number): ResourceLimit | Result {
  const current = Buffer.alloc(size);
  const result = checked(prlimit(pid, resource, null, current));
  return result < 0 ? result : { soft: current.readBigUInt64LE(0), hard: current.readBigUInt64LE(8) };
}

/** prlimit(2). EPERM also where the hard limit is to rise without CAP_SYS_RESOURCE · EINVAL soft above hard. */
export function setLimit(pid: number, resource: number, { soft, hard }: ResourceLimit): Result {
  const changed = Buffer.alloc(size);
  changed.writeBigUInt64LE(soft, 0);
  changed.writeBigUInt64LE(hard, 8);
  return checked(prlimit(pid, resource, changed, null));
}
