// A job holds a process and all that it starts, whoever their parents were. It ends nobody when it is closed.
import { checked, errorCode, lastError, type Result } from './result.ts';
import { jobProcessIds } from './structs.ts';
import { kernel32 } from './system-library.ts';

/** <winnt.h> */
const JOB_OBJECT_QUERY = 0x0004;
const JOB_OBJECT_TERMINATE = 0x0008;
const JobObjectBasicProcessIdList = 3;
const DUPLICATE_SAME_ACCESS = 2;
/** <processthreadsapi.h>: the handle that stands for the caller itself. */
const ownProcess = -1;

const create = kernel32.func('intptr_t __stdcall CreateJobObjectW(void *security, str16 name)');
const open = kernel32.func('intptr_t __stdcall OpenJobObjectW(uint32_t rights, int isInherited, str16 name)');
const assign = kernel32.func('int __stdcall AssignProcessToJobObject(intptr_t job, intptr_t process)');
const query = kernel32.func(
  'int __stdcall QueryInformationJobObject(intptr_t job, int class, void *buffer, uint32_t bytes, void *needed)',
);
const terminate = kernel32.func('int __stdcall TerminateJobObject(intptr_t job, uint32_t code)');
const duplicate = kernel32.func(
  'int __stdcall DuplicateHandle(intptr_t from, intptr_t handle, intptr_t to, void *made, uint32_t rights, int isInherited, uint32_t options)',
);

/** CreateJobObjectW, <jobapi2.h>: opens it where the name is there already. A handle to close, or -error: ACCESS_DENIED another user's. */
export function createJob(name: string): Result {
  const job = create(null, name) as number;
  return job === 0 ? lastError() : job;
}

/** OpenJobObjectW, <jobapi2.h>: -FILE_NOT_FOUND when nobody holds it any more. */
export function openJob(name: string): Result {
  const job = open(JOB_OBJECT_QUERY | JOB_OBJECT_TERMINATE, 0, name) as number;
  return job === 0 ? lastError() : job;
}

/** AssignProcessToJobObject, <jobapi2.h>: all that it starts from now on belongs to it as well. */
export function assignToJob(job: number, process: number): Result {
  return checked(assign(job, process) as number);
}

/**
 * DuplicateHandle, <handleapi.h>: the process itself holds its job from now on, so that the name is found for as long as it lives,
 * whoever else has died. Needs DUP_HANDLE.
 */
export function lendJob(job: number, process: number): Result {
  return checked(duplicate(ownProcess, job, process, Buffer.alloc(8), 0, 0, DUPLICATE_SAME_ACCESS) as number);
}

/** QueryInformationJobObject, <jobapi2.h>: the pids of the living in it; -error. */
export function pidsInJob(job: number): readonly number[] | Result {
  for (let room = 64; room <= 65_536; room *= 4) {
    const buffer = Buffer.alloc(jobProcessIds.pids + room * 8);
    const result = checked(query(job, JobObjectBasicProcessIdList, buffer, buffer.length, Buffer.alloc(4)) as number);
    const listed = buffer.readUInt32LE(jobProcessIds.listed);
    // Where it does not fit ERROR_MORE_DATA is said, and some of them stand there.
    if (result < 0 && result !== -errorMoreData) return result;
    if (result >= 0 && buffer.readUInt32LE(jobProcessIds.assigned) <= listed)
      return Array.from({ length: listed }, (_, index) =>
        Number(buffer.readBigUInt64LE(jobProcessIds.pids + index * 8)),
      );
  }
  return -errorCode.ERROR_NOT_ENOUGH_MEMORY;
}

const errorMoreData = 234;

/** TerminateJobObject, <jobapi2.h>: all of it at once, whatever is being started meanwhile. */
export function terminateJob(job: number, status: number): Result {
  return checked(terminate(job, status) as number);
}
