import { closeSync, readSync } from 'node:fs';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';

/** Of what a probe writes, so much is kept; what follows is read and thrown away, so that it never waits for us. */
const keptBytes = 4096;
/** Read before the event loop gets its turn. */
const chunk = Buffer.allocUnsafe(64 * 1024);

/** The beginning of what comes out of a pipe. */
export class PipeBeginning {
  private readonly events: KernelEvents;
  private readonly descriptor: number;
  private readonly kept = Buffer.alloc(keptBytes);
  private length = 0;
  private isOpen = true;

  /** From now on the descriptor is its own. */
  constructor(descriptor: number, events: KernelEvents) {
    this.descriptor = descriptor;
    this.events = events;
    events.add(descriptor, () => this.read());
  }

  /** The first line that is not empty, of what has come until now; then the pipe is closed, whoever still holds its other end. */
  firstLine(): string {
    while (this.isOpen && this.length < keptBytes && this.read() > 0);
    this.close();
    const lines = this.kept.toString('utf8', 0, this.length).split('\n');
    return lines.find((line) => line.trim() !== '') ?? '';
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.events.remove(this.descriptor);
    closeSync(this.descriptor);
  }

  /** Zero when there is nothing, and at the end. */
  private read(): number {
    if (!this.isOpen) return 0;
    let count: number;
    try {
      count = readSync(this.descriptor, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') this.close();
      return 0;
    }
    if (count === 0) this.close();
    this.length += chunk.copy(this.kept, this.length, 0, count);
    return count;
  }
}
