import type { Result } from './result.ts';
import { systemLibrary } from './system-library.ts';

const advapi32 = systemLibrary('advapi32.dll');
const createKey = advapi32.func(
  'int32_t __stdcall RegCreateKeyExW(intptr_t key, str16 path, uint32_t reserved, void *class, uint32_t options, uint32_t rights, void *security, void *created, void *disposition)',
);
const setValue = advapi32.func(
  'int32_t __stdcall RegSetValueExW(intptr_t key, str16 name, uint32_t reserved, uint32_t type, void *data, uint32_t bytes)',
);
const closeKey = advapi32.func('int32_t __stdcall RegCloseKey(intptr_t key)');

/** <winreg.h>; a handle is as wide as a pointer, and this one is the 32-bit number with its sign. */
const HKEY_LOCAL_MACHINE = -0x7fff_fffe;
const KEY_SET_VALUE = 0x0002;

/** <winnt.h> */
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;

/** RegCreateKeyExW and RegSetValueExW below HKEY_LOCAL_MACHINE. A text may name variables: `%SystemRoot%`. -error: ACCESS_DENIED. */
export function writeMachineKey(path: string, values: Readonly<Record<string, string | number>>): Result {
  const created = Buffer.alloc(8);
  const error = createKey(HKEY_LOCAL_MACHINE, path, 0, null, 0, KEY_SET_VALUE, null, created, null) as number;
  if (error !== 0) return -error;
  const key = Number(created.readBigInt64LE(0));
  const errors = Object.entries(values).map(([name, value]) => {
    const data = typeof value === 'number' ? Buffer.alloc(4) : Buffer.from(`${value}\0`, 'utf16le');
    if (typeof value === 'number') data.writeUInt32LE(value);
    const type = typeof value === 'number' ? REG_DWORD : REG_EXPAND_SZ;
    return setValue(key, name, 0, type, data, data.length) as number;
  });
  closeKey(key);
  return -(errors.find((one) => one !== 0) ?? 0);
}

const getValue = advapi32.func(
  'int32_t __stdcall RegGetValueW(intptr_t key, str16 path, str16 name, uint32_t types, void *type, void *data, void *bytes)',
);

/** <winreg.h>: a text, its variables filled in. */
const RRF_RT_TEXT = 0x0000_0006;

/** RegGetValueW below HKEY_LOCAL_MACHINE; null where there is no such text. */
export function readMachineText(path: string, name: string): string | null {
  const data = Buffer.alloc(4096);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(data.length);
  if ((getValue(HKEY_LOCAL_MACHINE, path, name, RRF_RT_TEXT, null, data, bytes) as number) !== 0) return null;
  return data.toString('utf16le', 0, bytes.readUInt32LE(0)).split('\0', 1)[0] ?? null;
}
