import { koffi } from '../load-koffi.ts';

/** Always in memory already, so that it comes from nowhere else. */
export const kernel32 = koffi.load('kernel32.dll');

const getSystemDirectory = kernel32.func('uint32_t __stdcall GetSystemDirectoryW(void *buffer, uint32_t characters)');

/**
 * A library of the system by its whole path: by its bare name one beside the executable would be taken first (<libloaderapi.h>,
 * LoadLibraryW), and whoever may write there could be run by us. Stays loaded.
 */
export function systemLibrary(file: string): ReturnType<typeof koffi.load> {
  const buffer = Buffer.alloc(520);
  const length = getSystemDirectory(buffer, buffer.length / 2) as number;
  const folder = length === 0 ? 'C:\\Windows\\System32' : buffer.toString('utf16le', 0, length * 2);
  return koffi.load(`${folder}\\${file}`);
}
