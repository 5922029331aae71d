import type { Instance } from '../ports/instance.ts';

const bound = 20_000;

/** Where in its output file each child's own output begins. Written by the spawner, read by whoever looks for a line since the start. */
export class LaunchOffsets {
  private readonly offsets = new Map<string, number>();

  set(instance: Instance, offset: number): void {
    if (this.offsets.size >= bound) this.offsets.delete(this.offsets.keys().next().value as string);
    this.offsets.set(`${instance.pid}.${instance.startTime}`, offset);
  }

  /** Null for children of an earlier engine. */
  get(instance: Instance): number | null {
    return this.offsets.get(`${instance.pid}.${instance.startTime}`) ?? null;
  }
}
