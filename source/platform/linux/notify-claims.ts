import type { Credentials } from '../../../native-bindings/linux/unix-socket.ts';
import type { Instance } from '../../ports/instance.ts';
import { type ProcessStat, readStat } from './proc.ts';
import { userName } from './users.ts';

/** A quick child may say that it is ready before anybody waits for it: its word is kept for so long, and then it was a stranger's. */
const unclaimedMs = 10_000;
/** Words kept; the oldest goes first. */
const unclaimedBound = 1_000;

interface Word {
  readonly sender: Credentials;
  /** The sender and its ancestors as they were when it spoke, nearest first. */
  readonly lineage: readonly ProcessStat[];
  readonly timer: NodeJS.Timeout;
}

interface Claim {
  readonly instance: Instance;
  readonly ready: () => void;
}

/** Brings READY=1 together with the instance it is for: the sender must be the instance, descend from it, or be in its session. */
export class NotifyClaims {
  private readonly stranger: (text: string) => void;
  private readonly claims = new Map<number, Claim>();
  private readonly unclaimed = new Set<Word>();

  constructor(stranger: (text: string) => void) {
    this.stranger = stranger;
  }

  /** Returns how to give it up. */
  claim(instance: Instance, ready: () => void): () => void {
    const claim = { instance, ready };
    this.claims.set(instance.pid, claim);
    for (const word of this.unclaimed) {
      if (!isFrom(word.lineage, instance)) continue;
      this.drop(word);
      queueMicrotask(() => {
        if (this.claims.get(instance.pid) === claim) ready();
      });
      break;
    }
    return () => {
      if (this.claims.get(instance.pid) === claim) this.claims.delete(instance.pid);
    };
  }

  hear(sender: Credentials): void {
    const lineage = lineageOf(sender.pid);
    const claim = this.find(lineage);
    if (claim === null) this.keep(sender, lineage);
    else claim.ready();
  }

  close(): void {
    for (const word of this.unclaimed) this.drop(word);
    this.claims.clear();
  }

  private find(lineage: readonly ProcessStat[]): Claim | null {
    // Nearest first: of two nested instances the inner one is meant.
    for (const pid of [...lineage.map((stat) => stat.pid), ...lineage.map((stat) => stat.session)]) {
      const claim = this.claims.get(pid);
      if (claim !== undefined && isFrom(lineage, claim.instance)) return claim;
    }
    return null;
  }

  private keep(sender: Credentials, lineage: readonly ProcessStat[]): void {
    if (this.unclaimed.size >= unclaimedBound) this.drop(this.unclaimed.values().next().value as Word);
    const timer = setTimeout(() => {
      this.drop(word);
      this.stranger(describe(sender, lineage));
    }, unclaimedMs).unref();
    const word: Word = { sender, lineage, timer };
    this.unclaimed.add(word);
  }

  private drop(word: Word): void {
    clearTimeout(word.timer);
    this.unclaimed.delete(word);
  }
}

/** Empty when the sender has ended already: then nobody can say whose it was. */
function lineageOf(pid: number): readonly ProcessStat[] {
  const lineage: ProcessStat[] = [];
  // The depth of a family is bounded; so is this walk, against a loop in a table that changes meanwhile.
  for (let stat = readStat(pid); stat !== null && stat.pid > 1 && lineage.length < 64; stat = readStat(stat.parent)) {
    // Above the engine stands nothing that the engine started.
    if (stat.pid === process.pid) break;
    lineage.push(stat);
  }
  return lineage;
}

function isFrom(lineage: readonly ProcessStat[], instance: Instance): boolean {
  return lineage.some(
    (stat) =>
      (stat.pid === instance.pid && stat.startTime === instance.startTime) ||
      (stat.session === instance.pid && stat.startTime >= instance.startTime),
  );
}

function describe(sender: Credentials, lineage: readonly ProcessStat[]): string {
  const name = lineage[0]?.name ?? 'ended already';
  return `READY=1 from pid ${sender.pid} (${name}, user ${userName(sender.uid)}) was ignored: it belongs to no process that is waited for.`;
}
