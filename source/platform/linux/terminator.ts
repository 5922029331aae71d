import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import type { KernelEvents } from '../../../native-bindings/linux/kernel-events.ts';
import { isProcessGroupEmpty } from '../../../native-bindings/linux/process-group.ts';
import type { Instance } from '../../ports/instance.ts';
import type { Terminator } from '../../ports/terminator.ts';
import { killUntilGone, signalInstance } from './kill-until-gone.ts';
import { instanceOf, isLiving, type ProcessStat, statOf } from './proc.ts';
import { type Families, membersOf } from './process-tree.ts';
import { SharedLook } from './shared-look.ts';

interface Remembered {
  readonly members: Map<number, number>;
  readonly leadsSession: boolean;
}

/** Trees remembered by `ask` and never killed afterwards; the oldest is forgotten. */
const rememberedBound = 10_000;

/** Given as a start time: nothing is that young. */
const noMarks = Number.POSITIVE_INFINITY;

const key = (instance: Instance) => `${instance.pid}.${instance.startTime}`;

/** Signals through pidfds. Reports come after the call has returned. */
export class PidfdTerminator implements Terminator {
  private readonly events: KernelEvents;
  private readonly remembered = new Map<string, Remembered>();
  private readonly looks = new SharedLook();

  constructor(events: KernelEvents) {
    this.events = events;
  }

  ask(instance: Instance, signal: string, report: (problem: string | null) => void): void {
    const number = (constants.signals as Readonly<Record<string, number>>)[signal];
    if (number === undefined) {
      queueMicrotask(() => report(`${signal} is not a signal of this system. Use a name such as SIGTERM.`));
      return;
    }
    // Remembered before the signal: when it has ended, its children are nobody's.
    this.looks.ask(noMarks, (families) => {
      this.remember(instance, families);
      const result = signalInstance(instance, number);
      // Stopped by a signal it would obey none, and end by no grace however long: it is let go on, as systemd does.
      if (result !== 'gone' && result >= 0) signalInstance(instance, constants.signals.SIGCONT);
      report(result === 'gone' || result >= 0 ? null : describe(instance, signal, -result));
    });
  }

  killTree(
    instance: Instance,
    options: { readonly tree: boolean; readonly launch: string | null },
    report: (leftPids: readonly number[]) => void,
  ): void {
    const asked = this.remembered.get(key(instance));
    this.remembered.delete(key(instance));
    if (!options.tree) {
      killUntilGone(this.events, (found) => found(isGone(instance) ? [] : [instance]), report);
    } else if (asked === undefined && hasLeftNobody(instance)) {
      queueMicrotask(() => report([]));
    } else {
      const tree: Remembered = asked ?? {
        members: new Map(),
        leadsSession: options.launch !== null || leadsSession(statOf(instance)),
      };
      killUntilGone(this.events, (found) => this.findMembers(instance, tree, options.launch, found), report);
    }
  }

  /** Kills the living members of the session that `leader` leads or led, and nobody who left it. */
  killSession(leader: Instance, report: (leftPids: readonly number[]) => void): void {
    const find = (found: (victims: readonly Instance[]) => void) => {
      this.looks.ask(noMarks, (families) => {
        const members = membersOf({ root: leader, remembered: new Map(), leadsSession: true }, families);
        found(members.filter((stat) => stat.session === leader.pid).map(instanceOf));
      });
    };
    killUntilGone(this.events, find, report);
  }

  private remember(instance: Instance, families: Families): void {
    const root = families.processes.get(instance.pid);
    if (root?.startTime !== instance.startTime) return;
    const known = this.remembered.get(key(instance))?.members ?? new Map<number, number>();
    for (const stat of membersOf({ root: instance, remembered: known, leadsSession: leadsSession(root) }, families))
      known.set(stat.pid, stat.startTime);
    if (this.remembered.size >= rememberedBound) this.remembered.delete(this.remembered.keys().next().value as string);
    this.remembered.set(key(instance), { members: known, leadsSession: leadsSession(root) });
  }

  /** Every member found is remembered, so that its children are found when it is dead. */
  private findMembers(
    instance: Instance,
    tree: Remembered,
    launch: string | null,
    found: (victims: readonly Instance[]) => void,
  ): void {
    this.looks.ask(launch === null ? noMarks : instance.startTime, (look) => {
      const query = { root: instance, remembered: tree.members, leadsSession: tree.leadsSession };
      const marked = launch === null ? [] : (look.marked.get(launch) ?? []);
      const members = new Map<number, ProcessStat>();
      for (const stat of [...membersOf(query, look), ...marked]) members.set(stat.pid, stat);
      for (const stat of members.values()) tree.members.set(stat.pid, stat.startTime);
      found([...members.values()].map(instanceOf));
    });
  }
}

function leadsSession(stat: ProcessStat | null): boolean {
  return stat !== null && stat.session === stat.pid;
}

function isGone(instance: Instance): boolean {
  const stat = statOf(instance);
  return stat === null || !isLiving(stat);
}

/**
 * The quick answer for the usual case, a process that died by itself: it is gone, and nobody is in the process group that bore its number.
 * Children that went into a session of their own are not seen by it; an asked stop, which remembers its tree, always looks at all.
 */
function hasLeftNobody(instance: Instance): boolean {
  return statOf(instance) === null && isProcessGroupEmpty(instance.pid);
}

function describe(instance: Instance, signal: string, errno: number): string {
  const [code, message] = getSystemErrorMap().get(-errno) ?? [`errno ${errno}`, 'unknown error'];
  const advice = code === 'EPERM' ? ' It belongs to another user; run the engine as that user or as root.' : '';
  return `${signal} could not be sent to pid ${instance.pid}: ${code}, ${message}.${advice}`;
}
