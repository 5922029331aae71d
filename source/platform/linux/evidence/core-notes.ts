// What a core file says of itself: whose it is, and which program left it. Layouts: <elf.h>, <linux/elfcore.h>, 64 bit.
import type { FileHandle } from 'node:fs/promises';

export interface CoreNotes {
  readonly pid: number;
  /** Absolute; null where the kernel did not say. */
  readonly executable: string | null;
}

const elfHeader = { size: 64, type: 16, entries: 32, entrySize: 54, entryCount: 56 } as const;
const programHeader = { size: 56, type: 0, offset: 8, fileSize: 32 } as const;
const ET_CORE = 4;
const PT_NOTE = 4;
const NT_PRPSINFO = 3;
const NT_AUXV = 6;
const NT_FILE = 0x46494c45;
const AT_ENTRY = 9n;
/** Within struct elf_prpsinfo. */
const pidAt = 24;
const notesBound = 8 * 1024 * 1024;

/** Null when it is no core of a 64-bit program. */
export async function readCoreNotes(file: FileHandle): Promise<CoreNotes | null> {
  const header = await bytesAt(file, 0, elfHeader.size);
  const isCore =
    header.length === elfHeader.size &&
    header.toString('latin1', 0, 4) === '\x7fELF' &&
    header[4] === 2 &&
    header.readUInt16LE(elfHeader.type) === ET_CORE;
  if (!isCore) return null;
  const at = Number(header.readBigUInt64LE(elfHeader.entries));
  const size = header.readUInt16LE(elfHeader.entrySize);
  const table = await bytesAt(file, at, size * header.readUInt16LE(elfHeader.entryCount));
  for (let entry = 0; entry + programHeader.size <= table.length; entry += size) {
    if (table.readUInt32LE(entry + programHeader.type) !== PT_NOTE) continue;
    const offset = Number(table.readBigUInt64LE(entry + programHeader.offset));
    const length = Number(table.readBigUInt64LE(entry + programHeader.fileSize));
    return readNotes(await bytesAt(file, offset, Math.min(length, notesBound)));
  }
  return null;
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

const aligned = (size: number): number => (size + 3) & ~3;

function readNotes(bytes: Buffer): CoreNotes | null {
  const notes = new Map<number, Buffer>();
  for (let at = 0; at + 12 <= bytes.length; ) {
    const body = at + 12 + aligned(bytes.readUInt32LE(at));
    const length = bytes.readUInt32LE(at + 4);
    const type = bytes.readUInt32LE(at + 8);
    if (!notes.has(type)) notes.set(type, bytes.subarray(body, body + length));
    at = body + aligned(length);
  }
  const info = notes.get(NT_PRPSINFO);
  if (info === undefined || info.length < pidAt + 4) return null;
  return { pid: info.readInt32LE(pidAt), executable: programOf(notes.get(NT_AUXV), notes.get(NT_FILE)) };
}

/** The mapped file in which the program begins. */
function programOf(auxiliary: Buffer | undefined, files: Buffer | undefined): string | null {
  if (auxiliary === undefined || files === undefined || files.length < 16) return null;
  let entry: bigint | null = null;
  for (let at = 0; at + 16 <= auxiliary.length; at += 16)
    if (auxiliary.readBigUInt64LE(at) === AT_ENTRY) entry = auxiliary.readBigUInt64LE(at + 8);
  const count = Number(files.readBigUInt64LE(0));
  const rangeBytes = 24;
  const names = files
    .subarray(16 + count * rangeBytes)
    .toString('utf8')
    .split('\0');
  for (let index = 0; index < count && entry !== null; index++) {
    const at = 16 + index * rangeBytes;
    if (at + rangeBytes > files.length) break;
    if (files.readBigUInt64LE(at) <= entry && entry < files.readBigUInt64LE(at + 8)) return names[index] ?? null;
  }
  return null;
}
