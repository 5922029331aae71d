import { crc32 } from 'node:zlib';

/** One append as a line: eight hexadecimal digits of CRC-32 over the JSON, a blank, the JSON object. Null deletes a key. */
export function encodeStateLine(records: Readonly<Record<string, unknown>>): Buffer {
  const json = JSON.stringify(records);
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}

export interface DecodedState {
  readonly records: ReadonlyMap<string, unknown>;
  /** Numbers of lines that are not what was written, from 1. */
  readonly damagedLines: readonly number[];
  /** The last line was never finished: the engine died while it wrote, or the machine while it had not synchronised. That is no damage. */
  readonly isTorn: boolean;
}

export function decodeStateFile(bytes: Buffer): DecodedState {
  const records = new Map<string, unknown>();
  const damagedLines: number[] = [];
  const lines = bytes.toString('utf8').split('\n');
  const isTorn = lines.pop() !== '';
  lines.forEach((line, index) => {
    const change = decodeLine(line);
    if (change === null) damagedLines.push(index + 1);
    else for (const [key, value] of Object.entries(change)) apply(records, key, value);
  });
  return { records, damagedLines, isTorn };
}

function apply(records: Map<string, unknown>, key: string, value: unknown): void {
  if (value === null) records.delete(key);
  else records.set(key, value);
}

function decodeLine(line: string): object | null {
  const json = line.slice(9);
  if (line[8] !== ' ' || checksum(json) !== line.slice(0, 8)) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
