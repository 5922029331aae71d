import type { SampleState } from '../ports/meter.ts';
import type { Taken } from './sample-signs.ts';

/** Ten minutes of one every ten seconds. */
const capacity = 60;

const states: readonly SampleState[] = ['running', 'sleeping', 'blocked', 'stopped', 'traced', 'ended', 'suspended'];

/** Bytes of each field, times `capacity`; the widest first, so that each begins on a multiple of its width. */
const fields = { atTenths: 4, memoryKib: 4, descriptors: 4, cpuPercent: 4, threads: 2, state: 1 };

export const ringBytes = capacity * Object.values(fields).reduce((sum, width) => sum + width, 0);

const uncounted = 0xffff_ffff;

/** The last sixty samples of one process in one block of memory: 1,140 bytes. */
export class SampleRing {
  readonly #block = new DataView(new ArrayBuffer(ringBytes));
  #next = 0;
  #count = 0;
  #added = 0;
  #epochMs = 0;
  #lastTaken: Taken | null = null;

  get lastTaken(): Taken | null {
    return this.#lastTaken;
  }

  /** How many it was ever given. */
  get added(): number {
    return this.#added;
  }

  add(taken: Taken, cpuPercent: number): void {
    if (this.#count === 0) this.#epochMs = taken.atMs;
    const { sample } = taken;
    const at = this.#next;
    // In tenths of a second it lasts for 13 years, in KiB for 4 TiB.
    this.#block.setUint32(at * 4, (taken.atMs - this.#epochMs) / 100);
    this.#block.setUint32((capacity + at) * 4, Math.min(uncounted, sample.memoryBytes / 1024));
    this.#block.setUint32((2 * capacity + at) * 4, sample.descriptors ?? uncounted);
    this.#block.setFloat32((3 * capacity + at) * 4, cpuPercent);
    this.#block.setUint16(4 * capacity * 4 + at * 2, Math.min(0xffff, sample.threads));
    this.#block.setUint8(4 * capacity * 4 + capacity * 2 + at, states.indexOf(sample.state));
    this.#added += 1;
    this.#next = (at + 1) % capacity;
    this.#count = Math.min(capacity, this.#count + 1);
    this.#lastTaken = taken;
  }

  /** Oldest first. The CPU time since the start is not kept, only the share. */
  stored(): { readonly taken: Taken; readonly cpuPercent: number }[] {
    return Array.from({ length: this.#count }, (_, index) =>
      this.#at((this.#next - this.#count + index + capacity) % capacity),
    );
  }

  #at(at: number): { readonly taken: Taken; readonly cpuPercent: number } {
    const descriptors = this.#block.getUint32((2 * capacity + at) * 4);
    const sample = {
      cpuMs: 0,
      memoryBytes: this.#block.getUint32((capacity + at) * 4) * 1024,
      threads: this.#block.getUint16(4 * capacity * 4 + at * 2),
      descriptors: descriptors === uncounted ? null : descriptors,
      state: states[this.#block.getUint8(4 * capacity * 4 + capacity * 2 + at)] ?? 'ended',
    };
    const atMs = this.#epochMs + this.#block.getUint32(at * 4) * 100;
    return { taken: { sample, atMs }, cpuPercent: this.#block.getFloat32((3 * capacity + at) * 4) };
  }
}
