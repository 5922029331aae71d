import type { Credentials } from '../../../native-bindings/linux/unix-socket.ts';
import type { Stranger } from '../../ports/messages.ts';
import { readStat } from './proc.ts';
import { userName } from './users.ts';

/** One sender is told of once in this time. */
const quietMs = 60_000;
/** Senders told of in that time: who sends from a new process each time cannot make more of it. It bounds the memory too. */
const sendersBound = 60;

/** Whose word did not count, told of at most once a minute each. */
export class Strangers {
  /** When each was told of, oldest first, monotonic. */
  private readonly told = new Map<string, number>();
  private hear: (stranger: Stranger) => void = () => {};

  onStranger(hear: (stranger: Stranger) => void): void {
    this.hear = hear;
  }

  /** `name`: of the sender's program, where it was seen before it ended. */
  tell(sender: Credentials, name: string | null, said: string, reason: string): void {
    const now = performance.now();
    for (const [known, at] of this.told) {
      if (now - at < quietMs) break;
      this.told.delete(known);
    }
    const key = `${sender.pid}.${sender.uid}`;
    if (this.told.has(key) || this.told.size >= sendersBound) return;
    this.told.set(key, now);
    this.hear({ pid: sender.pid, who: describe(sender, name), said, reason });
  }
}

function describe(sender: Credentials, known: string | null): string {
  const user = `user ${userName(sender.uid)}`;
  // The kernel gives 0 for a process that this pid namespace does not show.
  if (sender.pid === 0) return `a process of another pid namespace, ${user}`;
  const name = known ?? readStat(sender.pid)?.name;
  return `${name ?? 'ended already'}, ${user}`;
}
