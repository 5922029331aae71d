import { libc } from './libc.ts';

const sysconf = libc.func('long sysconf(int name)');

/** <unistd.h> */
const _SC_PAGESIZE = 30;

/** sysconf(3): 4 KiB on x64, 4, 16 or 64 on arm64. */
export const pageBytes = Number(sysconf(_SC_PAGESIZE));
