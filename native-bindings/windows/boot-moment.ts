import { isSuccess, ntdll } from './nt-library.ts';
import { closeHandle, creationTime, openProcess, processRight } from './process-handle.ts';

const querySystem = ntdll.func(
  'int32_t __stdcall NtQuerySystemInformation(int class, void *buffer, uint32_t bytes, void *needed, intptr_t none, intptr_t nothing)',
);

/** <winternl.h> SYSTEM_TIMEOFDAY_INFORMATION: BootTime stands at its beginning. */
const SystemTimeOfDayInformation = 3;
/** Windows gives this number to the process that is the system itself. */
const systemPid = 4;

/**
 * A number that no other boot of this machine has: when the process of the system was created, in µs since 1970, which no change of
 * the clock moves. Where there is none (Wine) the boot time by the clock of now stands in, in whole minutes.
 */
export function bootMoment(): number {
  const system = openProcess(systemPid, processRight.QUERY_LIMITED_INFORMATION);
  const createdAtUs = system < 0 ? -1 : creationTime(system);
  if (system >= 0) closeHandle(system);
  if (createdAtUs > 0) return createdAtUs;
  const buffer = Buffer.alloc(48);
  const status = querySystem(SystemTimeOfDayInformation, buffer, buffer.length, Buffer.alloc(4), 0, 0) as number;
  return isSuccess(status) ? Math.round(Number(buffer.readBigUInt64LE(0) / 600_000_000n)) : 0;
}
