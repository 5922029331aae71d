import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { type Datagram, datagramBytes } from '../../../native-bindings/linux/unix-socket.ts';
import { type Instance, isSameInstance } from '../../ports/instance.ts';
import type { Message, Messages, Stranger } from '../../ports/messages.ts';
import { lineageOf, memberOf, NotifyClaims, type Word } from './notify-claims.ts';
import { excerpt, readMessage, saysNothing } from './notify-message.ts';
import { NotifySocket } from './notify-socket.ts';
import { Strangers } from './notify-strangers.ts';
import { instanceOf, type ProcessStat, readStat } from './proc.ts';

const key = (instance: Instance) => `${instance.pid}.${instance.startTime}`;

/** Hears what watched processes say on NOTIFY_SOCKET; the protocol is that of sd_notify(3). */
export class NotifyMessages implements Messages {
  private readonly strangers = new Strangers();
  private readonly claims: NotifyClaims;
  private readonly socket: NotifySocket;
  /** How to listen no more to each. */
  private readonly listened = new Map<string, () => void>();
  /** Who stands above whom, as read in this turn of the event loop: a hundred messages of one sender are one look at /proc. */
  private readonly lineages = new Map<number, readonly ProcessStat[]>();

  /** `problem` hears why there is no socket: then nobody is heard, and nothing that is `ready: notify` becomes ready. */
  constructor(socketPath: string, events: KernelEvents, problem: (text: string) => void) {
    this.claims = new NotifyClaims((word) => this.refuse(word, word.said, whyNobodys(word)));
    this.socket = new NotifySocket(socketPath, events, (message) => this.receive(message));
    if (this.socket.problem !== null) problem(this.socket.problem);
  }

  /** The value of NOTIFY_SOCKET. */
  get path(): string {
    return this.socket.path;
  }

  listen(instance: Instance, hear: (message: Message) => void): void {
    this.unlisten(instance);
    const hearWord = (word: Word) => {
      const message = this.judge(instance, word);
      if (!saysNothing(message)) hear(message);
    };
    this.listened.set(key(instance), this.claims.listen(instance, hearWord));
  }

  unlisten(instance: Instance): void {
    this.listened.get(key(instance))?.();
    this.listened.delete(key(instance));
  }

  /** Reports READY=1 from the instance or one of its tree, until the returned function is called. */
  awaitReady(instance: Instance, ready: () => void): () => void {
    return this.claims.awaitReady(instance, ready);
  }

  drain(): void {
    this.socket.drain();
  }

  onStranger(report: (stranger: Stranger) => void): void {
    this.strangers.onStranger(report);
  }

  close(): void {
    this.claims.close();
    this.listened.clear();
    this.socket.close();
  }

  private receive({ text, isCut, sender }: Datagram): void {
    if (isCut) {
      this.strangers.tell(
        sender,
        null,
        excerpt(text),
        `a message has at most ${datagramBytes} bytes, and this one was longer`,
      );
      return;
    }
    const read = readMessage(text);
    // Nothing that concerns us: nobody has to be looked up.
    if (saysNothing(read.message) && read.mainPid === null && read.flaws.length === 0) return;
    const lineage = this.lineageOf(sender.pid);
    const isGone = lineage.length === 0 && sender.pid > 0 && readStat(sender.pid) === null;
    this.claims.say({ sender, lineage, isGone, said: excerpt(text), read });
  }

  private lineageOf(pid: number): readonly ProcessStat[] {
    const known = this.lineages.get(pid);
    if (known !== undefined) return known;
    if (this.lineages.size === 0) setImmediate(() => this.lineages.clear());
    const lineage = lineageOf(pid);
    this.lineages.set(pid, lineage);
    return lineage;
  }

  /** What counts of a word that the instance or one of its tree said; the rest is refused. */
  private judge(instance: Instance, word: Word): Message {
    const { message, mainPid, flaws } = word.read;
    for (const { said, reason } of flaws) this.refuse(word, said, reason);
    if (mainPid === null) return message;
    const member = memberOf(instance, mainPid);
    if (typeof member === 'string') {
      this.refuse(word, `MAINPID=${mainPid}`, member);
      return message;
    }
    const main = instanceOf(member);
    // That it is the main one itself most programs say, and nothing changes by it.
    return isSameInstance(main, instance) ? message : { ...message, main };
  }

  private refuse(word: Word, said: string, reason: string): void {
    this.strangers.tell(word.sender, word.lineage[0]?.name ?? null, said, reason);
  }
}

function whyNobodys({ isGone }: Word): string {
  return isGone
    ? 'it ended before its word was read, so nobody knows of which tree it was; let it wait for the answer (systemd-notify without --no-block), or let the process itself speak'
    : 'it is of the tree of no process that is watched';
}
