// Who may do what with a file or a pipe, in the language that Windows has for it (SDDL).
import { koffi } from '../load-koffi.ts';
import { checked, lastError, type Result } from './result.ts';
import { kernel32, systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const fromText = advapi32.func(
  'int __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, void *descriptor, void *bytes)',
);
const toText = advapi32.func(
  'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(void *descriptor, uint32_t revision, uint32_t what, void *text, void *characters)',
);
const getSecurity = advapi32.func(
  'int __stdcall GetFileSecurityW(str16 path, uint32_t what, void *descriptor, uint32_t bytes, void *needed)',
);
const setSecurity = advapi32.func('int __stdcall SetFileSecurityW(str16 path, uint32_t what, void *descriptor)');
const free = kernel32.func('intptr_t __stdcall LocalFree(intptr_t memory)');

/** <sddl.h>, <winnt.h> */
const SDDL_REVISION_1 = 1;
const OWNER_SECURITY_INFORMATION = 0x1;
const DACL_SECURITY_INFORMATION = 0x4;
const PROTECTED_DACL_SECURITY_INFORMATION = 0x8000_0000;
const largestBytes = 64 * 1024;

/** GetFileSecurityW, <winbase.h>: owner and access list of a file or folder. -error: FILE_NOT_FOUND · ACCESS_DENIED. */
export function securityOfFile(path: string): string | Result {
  const descriptor = Buffer.alloc(largestBytes);
  const what = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  const got = checked(getSecurity(path, what, descriptor, descriptor.length, Buffer.alloc(4)) as number);
  if (got < 0) return got;
  const text = Buffer.alloc(8);
  const characters = Buffer.alloc(4);
  const made = checked(toText(descriptor, SDDL_REVISION_1, what, text, characters) as number);
  if (made < 0) return made;
  const address = text.readBigUInt64LE(0);
  const bytes = Buffer.from(koffi.view(address, characters.readUInt32LE(0) * 2));
  const words = bytes.toString('utf16le').split('\0', 1)[0] ?? '';
  free(Number(address));
  return words;
}

/** SetFileSecurityW, <winbase.h>: this access list and nothing inherited; what is made in a folder afterwards takes it over. */
export function protectFile(path: string, text: string): Result {
  const descriptor = descriptorOf(text);
  if (typeof descriptor === 'number') return descriptor;
  const what = DACL_SECURITY_INFORMATION + PROTECTED_DACL_SECURITY_INFORMATION;
  return checked(setSecurity(path, what, descriptor) as number);
}

/** As CreateNamedPipeW and the like take it. -error: INVALID_PARAMETER the text is wrong. */
export function descriptorOf(text: string): Buffer | Result {
  const made = Buffer.alloc(8);
  const bytes = Buffer.alloc(4);
  if ((fromText(text, SDDL_REVISION_1, made, bytes) as number) === 0) return lastError();
  const address = made.readBigUInt64LE(0);
  // It holds no addresses of its own, only distances, so that a copy is as good.
  const copy = Buffer.from(Buffer.from(koffi.view(address, bytes.readUInt32LE(0))));
  free(Number(address));
  return copy;
}
