import type { Credentials } from '../../../native-bindings/linux/unix-socket.ts';
import type { Instance } from '../../ports/instance.ts';
import { isSameInstance } from '../../ports/instance.ts';
import type { ReadMessage } from './notify-message.ts';
import { isLiving, type ProcessStat, readStat } from './proc.ts';

/** A quick child may speak before anybody listens: its word is kept for so long, and then it was a stranger's. */
const keptMs = 10_000;
/** Words kept in all, and of one sender; the oldest goes first. */
const keptBound = 1_000;
const keptOfSenderBound = 16;
/** Instances remembered that nobody listens to any more; the oldest is forgotten. */
const leftBound = 1_000;

export interface Word {
  readonly sender: Credentials;
  /** The sender and its ancestors as they were when it spoke, nearest first. */
  readonly lineage: readonly ProcessStat[];
  /** It was gone when its word was read, and its parent had waited for it. */
  readonly isGone: boolean;
  /** As it was written, for people. */
  readonly said: string;
  readonly read: ReadMessage;
}

interface Kept {
  readonly word: Word;
  /** Since when what its sender says is nobody's. */
  at: number;
  /** Still to be heard by whoever listens. */
  isUnheard: boolean;
  /** Still to be heard by whoever waits for READY=1. */
  isUnready: boolean;
}

interface Claim {
  readonly instance: Instance;
  hear: ((word: Word) => void) | null;
  ready: (() => void) | null;
}

/** Brings words together with the instance they are of: the sender must be the instance, descend from it, or be in its session. */
export class NotifyClaims {
  private readonly claims = new Map<number, Claim>();
  private readonly kept = new Set<Kept>();
  /** What these still say, because they end or are not watched any more, is nobody's business and no stranger's word. */
  private readonly left = new Map<number, Instance>();
  private timer: NodeJS.Timeout | null = null;
  private readonly unwanted: (word: Word) => void;

  /** `unwanted` hears what was nobody's all the time it was kept. */
  constructor(unwanted: (word: Word) => void) {
    this.unwanted = unwanted;
  }

  /** Hears all words, those kept too, until the returned function is called. */
  listen(instance: Instance, hear: (word: Word) => void): () => void {
    const claim = this.claim(instance);
    claim.hear = hear;
    this.offer(claim);
    return () => {
      if (claim.hear !== hear) return;
      claim.hear = null;
      this.release(claim);
    };
  }

  /** Hears READY=1, of those kept too, until the returned function is called. */
  awaitReady(instance: Instance, ready: () => void): () => void {
    const claim = this.claim(instance);
    claim.ready = ready;
    this.offer(claim);
    return () => {
      if (claim.ready !== ready) return;
      claim.ready = null;
      this.release(claim);
    };
  }

  /** To whoever it concerns now; and kept for whoever it may concern soon. */
  say(word: Word): void {
    const claim = this.find(word);
    const isUnready = word.read.message.ready === true;
    const kept = { word, at: performance.now(), isUnheard: true, isUnready };
    if (claim !== null) this.give(kept, claim);
    if (kept.isUnheard || kept.isUnready) this.keep(kept);
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.kept.clear();
    this.claims.clear();
    this.left.clear();
  }

  private claim(instance: Instance): Claim {
    const known = this.claims.get(instance.pid);
    if (known !== undefined && isSameInstance(known.instance, instance)) return known;
    const claim: Claim = { instance, hear: null, ready: null };
    this.claims.set(instance.pid, claim);
    return claim;
  }

  private release(claim: Claim): void {
    if (claim.hear !== null || claim.ready !== null) return;
    const { pid } = claim.instance;
    if (this.claims.get(pid) === claim) this.claims.delete(pid);
    this.left.delete(pid);
    this.left.set(pid, claim.instance);
    const [oldest] = this.left.keys();
    if (oldest !== undefined && this.left.size > leftBound) this.left.delete(oldest);
  }

  private find(word: Word): Claim | null {
    return nearest(word, this.claims, (claim) => claim.instance);
  }

  private give(kept: Kept, { hear, ready }: Claim): void {
    if (kept.isUnheard && hear !== null) {
      kept.isUnheard = false;
      hear(kept.word);
    }
    if (kept.isUnready && ready !== null) {
      kept.isUnready = false;
      ready();
    }
  }

  /** What is kept and meant for this claim, in the order it was said, after the call that brought the claim has returned. */
  private offer(claim: Claim): void {
    if (this.kept.size === 0) return;
    queueMicrotask(() => {
      for (const kept of [...this.kept]) {
        if (this.find(kept.word) !== claim) continue;
        this.give(kept, claim);
        if (!kept.isUnheard && !kept.isUnready) this.kept.delete(kept);
      }
    });
  }

  private keep(kept: Kept): void {
    const { pid } = kept.word.sender;
    const others = [...this.kept].filter(({ word }) => word.sender.pid === pid);
    const [oldestOfSender, nextOfSender] = others;
    const [oldest] = this.kept;
    if (oldestOfSender !== undefined && others.length >= keptOfSenderBound) {
      this.kept.delete(oldestOfSender);
      // Whoever speaks all the time is known for a stranger as soon as one who speaks once.
      if (nextOfSender !== undefined) nextOfSender.at = oldestOfSender.at;
    } else if (oldest !== undefined && this.kept.size >= keptBound) this.kept.delete(oldest);
    this.kept.add(kept);
    this.timer ??= setTimeout(() => this.expire(), keptMs).unref();
  }

  private expire(): void {
    this.timer = null;
    const now = performance.now();
    for (const kept of this.kept) {
      const leftMs = kept.at + keptMs - now;
      if (leftMs > 0) {
        this.timer = setTimeout(() => this.expire(), leftMs + 1).unref();
        return;
      }
      this.kept.delete(kept);
      // A READY=1 that was heard and that no probe waited for is nobody's fault.
      if (!kept.isUnheard || this.find(kept.word) !== null) continue;
      if (nearest(kept.word, this.left, (instance) => instance) === null) this.unwanted(kept.word);
    }
  }
}

/** Whose word it is of those in a table by pid. Nearest first: of two nested instances the inner one is meant. */
function nearest<Entry>(
  { sender, lineage, isGone }: Word,
  table: ReadonlyMap<number, Entry>,
  instanceOf: (entry: Entry) => Instance,
): Entry | null {
  // What bore this pid a moment ago and is in the table was itself the sender.
  if (isGone) return table.get(sender.pid) ?? null;
  for (const field of ['pid', 'session'] as const) {
    for (const stat of lineage) {
      const entry = table.get(stat[field]);
      if (entry !== undefined && isFrom(lineage, instanceOf(entry))) return entry;
    }
  }
  return null;
}

/** Empty when it is gone. */
export function lineageOf(pid: number): readonly ProcessStat[] {
  const lineage: ProcessStat[] = [];
  // Above the engine stands nothing that the engine started. The depth of a family is bounded;
  // so is this walk, against a loop in a table that changes meanwhile.
  for (let next = pid; next > 1 && next !== process.pid && lineage.length < 64; ) {
    const stat = readStat(next);
    if (stat === null) break;
    lineage.push(stat);
    next = stat.parent;
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

/** The living process of this pid when it is of the same tree or session as the instance; or why it is not. */
export function memberOf(instance: Instance, pid: number): ProcessStat | string {
  const stat = readStat(pid);
  if (stat === null || !isLiving(stat)) return `no process ${pid} lives`;
  return isFrom(lineageOf(pid), instance)
    ? stat
    : `${pid} (${stat.name}) is not of the tree or session of pid ${instance.pid}, for which it was said`;
}
