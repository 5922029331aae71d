// Reads a minidump back, as debuggers do: <minidumpapiset.h>. Independent of what writes it.
import { readFileSync } from 'node:fs';

/** MINIDUMP_STREAM_TYPE: those that the tests ask for. */
const streamTypes: Readonly<Record<number, string>> = {
  3: 'ThreadList',
  4: 'ModuleList',
  5: 'MemoryList',
  6: 'Exception',
  7: 'SystemInfo',
  9: 'Memory64List',
  12: 'HandleData',
  15: 'MiscInfo',
  16: 'MemoryInfoList',
  17: 'ThreadInfoList',
};

export interface Minidump {
  /** MINIDUMP_TYPE. */
  readonly flags: bigint;
  /** Seconds since 1970. */
  readonly writtenAt: number;
  /** By name where it has one here, else `stream N`. */
  readonly streams: readonly string[];
  readonly threads: readonly MinidumpThread[];
  readonly modules: readonly MinidumpModule[];
  /** Of the process that was dumped; null when the dump does not say. */
  readonly pid: number | null;
  /** Of all memory in it. */
  readonly memoryBytes: number;
}

export interface MinidumpThread {
  readonly id: number;
  /** Where it stands; by it the module and, with symbols, the function can be found. */
  readonly instruction: bigint;
  readonly stackBytes: number;
}

export interface MinidumpModule {
  readonly name: string;
  readonly base: bigint;
  readonly size: number;
}

const signature = 'MDMP';
const version = 0xa793;

/** CONTEXT of x64 in <winnt.h>. */
const contextBytes = 1232;
const instructionPointer = 248;

/** Throws, saying what is wrong, when it is no whole minidump. */
export function readMinidump(path: string): Minidump {
  const file = readFileSync(path);
  // MINIDUMP_HEADER
  const found = file.toString('latin1', 0, 4);
  if (found !== signature) throw new Error(`${path} begins with ${JSON.stringify(found)}, not ${signature}`);
  const wrongVersion = file.readUInt16LE(4) !== version;
  if (wrongVersion) throw new Error(`${path} has version ${file.readUInt16LE(4).toString(16)}`);
  const places = new Map<string, Place>();
  const directory = file.readUInt32LE(12);
  for (let index = 0; index < file.readUInt32LE(8); index++) {
    // MINIDUMP_DIRECTORY; type 0 is an unused entry.
    const type = file.readUInt32LE(directory + index * 12);
    if (type !== 0) places.set(streamTypes[type] ?? `stream ${type}`, place(file, directory + index * 12 + 4));
  }
  return {
    flags: file.readBigUInt64LE(24),
    writtenAt: file.readUInt32LE(20),
    streams: [...places.keys()],
    threads: threads(file, places.get('ThreadList')),
    modules: modules(file, places.get('ModuleList')),
    pid: pid(file, places.get('MiscInfo')),
    memoryBytes: memoryBytes(file, places.get('MemoryList'), places.get('Memory64List')),
  };
}

interface Place {
  readonly size: number;
  readonly at: number;
}

/** MINIDUMP_LOCATION_DESCRIPTOR; what it points to must be in the file. */
function place(file: Buffer, at: number): Place {
  const found = { size: file.readUInt32LE(at), at: file.readUInt32LE(at + 4) };
  if (found.at + found.size > file.length)
    throw new Error(`the dump is cut off: ${found.size} bytes at ${found.at} of ${file.length}`);
  return found;
}

/** A stream that is a count and so many records of one size. */
function records(file: Buffer, stream: Place | undefined, size: number): number[] {
  if (stream === undefined) return [];
  const count = file.readUInt32LE(stream.at);
  // Some writers align the first record to 8 bytes.
  const first = stream.at + (stream.size - count * size);
  return Array.from({ length: count }, (_, index) => first + index * size);
}

/** MINIDUMP_THREAD, 48 bytes. */
function threads(file: Buffer, stream: Place | undefined): MinidumpThread[] {
  return records(file, stream, 48).map((at) => {
    const context = place(file, at + 40);
    return {
      id: file.readUInt32LE(at),
      instruction: context.size >= contextBytes ? file.readBigUInt64LE(context.at + instructionPointer) : 0n,
      stackBytes: place(file, at + 32).size,
    };
  });
}

/** MINIDUMP_MODULE, 108 bytes; its name is a MINIDUMP_STRING: bytes, then UTF-16. */
function modules(file: Buffer, stream: Place | undefined): MinidumpModule[] {
  return records(file, stream, 108).map((at) => {
    const name = file.readUInt32LE(at + 20);
    return {
      base: file.readBigUInt64LE(at),
      size: file.readUInt32LE(at + 8),
      name: file.toString('utf16le', name + 4, name + 4 + file.readUInt32LE(name)),
    };
  });
}

/** MINIDUMP_MISC_INFO; its first flag says that the pid is in it. */
function pid(file: Buffer, stream: Place | undefined): number | null {
  if (stream === undefined || (file.readUInt32LE(stream.at + 4) & 1) === 0) return null;
  return file.readUInt32LE(stream.at + 8);
}

function memoryBytes(file: Buffer, list: Place | undefined, list64: Place | undefined): number {
  // MINIDUMP_MEMORY_DESCRIPTOR, 16 bytes: the address, then where it is.
  const few = records(file, list, 16).reduce((sum, at) => sum + place(file, at + 8).size, 0);
  if (list64 === undefined) return few;
  // MINIDUMP_MEMORY64_LIST: the memory itself lies in one piece at the end of the file.
  const count = Number(file.readBigUInt64LE(list64.at));
  let sum = few;
  for (let index = 0; index < count; index++) sum += Number(file.readBigUInt64LE(list64.at + 16 + index * 16 + 8));
  if (Number(file.readBigUInt64LE(list64.at + 8)) + sum - few > file.length) throw new Error('the memory is cut off');
  return sum;
}
