import { koffi } from '../load-koffi.ts';
import { closeHandle, openProcess, processRight } from './process-handle.ts';
import { checked, type Result } from './result.ts';
import { kernel32, systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const openToken = advapi32.func('int __stdcall OpenProcessToken(intptr_t process, uint32_t rights, void *token)');
const tokenInformation = advapi32.func(
  'int __stdcall GetTokenInformation(intptr_t token, int class, void *buffer, uint32_t bytes, void *needed)',
);
const lookupAccount = advapi32.func(
  'int __stdcall LookupAccountSidW(str16 machine, void *sid, void *name, void *nameCharacters, void *domain, void *domainCharacters, void *use)',
);
const currentProcess = kernel32.func('intptr_t __stdcall GetCurrentProcess()');

/** <winnt.h> */
const TOKEN_QUERY = 0x0008;
const TokenUser = 1;
const TokenElevation = 20;

/** Who a process runs as. */
export interface Account {
  /** `S-1-5-18`: what never changes, whatever the account is called. */
  readonly sid: string;
  /** `SHOP\\ops1`, `NT AUTHORITY\\SYSTEM`; the SID where nobody knows a name. */
  readonly name: string;
}

/** Names are asked of a domain controller perhaps, and stay as they are. */
const names = new Map<string, string>();

/** OpenProcessToken and GetTokenInformation, <securitybaseapi.h>. -error: ACCESS_DENIED · INVALID_PARAMETER no such process. */
export function ownerOf(pid: number): Account | Result {
  const process = openProcess(pid, processRight.QUERY_LIMITED_INFORMATION);
  if (process < 0) return process;
  try {
    return withToken(process, (token) => {
      const buffer = Buffer.alloc(256);
      const result = checked(tokenInformation(token, TokenUser, buffer, buffer.length, Buffer.alloc(4)) as number);
      if (result < 0) return result;
      // The SID stands in the same buffer; the address in it says where.
      const at = Number(buffer.readBigUInt64LE(0) - koffi.address(buffer));
      const bytes = buffer.subarray(at, at + sidBytes(buffer, at));
      const sid = sidText(bytes);
      const name = names.get(sid) ?? accountName(bytes) ?? sid;
      names.set(sid, name);
      return { sid, name };
    });
  } finally {
    closeHandle(process);
  }
}

/** GetTokenInformation with TokenElevation: we run with all the rights of an administrator. */
export function isElevated(): boolean {
  return (
    withToken(currentProcess() as number, (token) => {
      const buffer = Buffer.alloc(4);
      const result = checked(tokenInformation(token, TokenElevation, buffer, 4, Buffer.alloc(4)) as number);
      return result < 0 ? 0 : buffer.readUInt32LE(0);
    }) === 1
  );
}

function withToken<Value>(process: number, work: (token: number) => Value | Result): Value | Result {
  const opened = Buffer.alloc(8);
  const result = checked(openToken(process, TOKEN_QUERY, opened) as number);
  if (result < 0) return result;
  const token = Number(opened.readBigInt64LE(0));
  try {
    return work(token);
  } finally {
    closeHandle(token);
  }
}

/** <winnt.h> SID: revision, count of parts, authority in six bytes, the parts. */
function sidBytes(buffer: Buffer, at: number): number {
  return 8 + 4 * buffer.readUInt8(at + 1);
}

function sidText(sid: Buffer): string {
  const parts = Array.from({ length: sid.readUInt8(1) }, (_, index) => sid.readUInt32LE(8 + index * 4));
  return ['S', sid.readUInt8(0), sid.readUIntBE(2, 6), ...parts].join('-');
}

/** LookupAccountSidW, <winbase.h>; null where it has no name. */
function accountName(sid: Buffer): string | null {
  const name = Buffer.alloc(512);
  const domain = Buffer.alloc(512);
  const room = () => {
    const characters = Buffer.alloc(4);
    characters.writeUInt32LE(256, 0);
    return characters;
  };
  const found = lookupAccount(null, sid, name, room(), domain, room(), Buffer.alloc(4)) as number;
  if (found === 0) return null;
  return [textOf(domain), textOf(name)].filter((part) => part !== '').join('\\');
}

function textOf(buffer: Buffer): string {
  return buffer.toString('utf16le').split('\0', 1)[0] ?? '';
}
