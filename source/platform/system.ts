// What every operating system brings, in one shape: the daemon knows this file and `open-system.ts`, and no system by its name.
import type { Socket } from 'node:net';
import type { Instance } from '../ports/instance.ts';
import type { Ports } from '../ports/ports.ts';
import type { ThreadsSeen } from '../ports/thread.ts';
import type { EvidenceFolder } from './evidence/evidence-folder.ts';
import type { NoticeSink } from './notice-sink.ts';
import type { OutputRotation } from './output-rotation.ts';

/** All that an engine asks of the operating system it runs on. */
export interface OperatingSystem {
  /** Null, or why this system cannot do it: for the operator, before anything is begun. */
  whyUnsupported(): string | null;
  /** One engine an instance: held as long as this process lives. */
  lockInstance(file: string): LockResult;
  /** `problem` hears, in whole sentences, what goes wrong beside any call: late exits, a disk that is full. */
  openPlatform(places: PlatformPlaces, problem: (text: string) => void): Platform;
  /** Throws when nobody can say who is at the other end: then he cannot be trusted. */
  peerOf(socket: Socket): Peer;
  /** How a system that has pipes in place of sockets listens: calls `accept` for each client, until the returned function is called. Throws a sentence. */
  readonly listenOnPipe?: (name: string, accept: (socket: Socket) => void) => () => void;
  /** The threads of a living process for somebody who looks on; at most `most`. */
  lookAtLiveThreads(instance: Instance, most: number): Promise<ThreadsSeen>;
  /** Speaks to the manager that started our own daemon. */
  createServiceNotifier(environment: NodeJS.ProcessEnv): ServiceNotifier;
  /** Where this system wants to have notices, besides the journal. */
  openSinks(instance: string): readonly NoticeSink[];
}

export interface PlatformPlaces {
  /** Holds state.jsonl and evidence/. */
  readonly stateDirectory: string;
  /** Holds notify.sock, where the system has one; children of other users must be able to reach it. */
  readonly runtimeDirectory: string;
}

/** Everything of the system that one engine instance needs. */
export interface Platform {
  readonly ports: Ports;
  /** Keeps output files within their bounds: `track` each when its child starts or is adopted, `untrack` it afterwards. */
  readonly rotation: OutputRotation;
  /** Incidents; to be lent what the runtime records. */
  readonly evidence: EvidenceFolder;
  /** Start-up is over: gives the memory of what was needed once, code too, back to the system. Takes some 30 ms. */
  settle(): void;
  /** The same later on, but for the code: a restart would have to fetch it again. */
  collect(): void;
  /** Ends every wait, so that the process can end. Children live on. */
  close(): void;
}

export type LockResult =
  | { readonly ok: true; readonly release: () => void }
  /** `pid`: who holds it, when the file says so. */
  | { readonly ok: false; readonly pid: number | null; readonly problem: string };

/** Who connected, as the system saw it at that moment. */
export interface Peer {
  readonly user: string;
  /** 0 where users have no numbers. */
  readonly uid: number;
  readonly pid: number;
}

export interface ServiceNotifier {
  ready(status: string): void;
  status(text: string): void;
  stopping(): void;
  /** Half the time within which the manager wants to hear from us; null when it does not watch us. */
  readonly watchdogIntervalMs: number | null;
  watchdog(): void;
  /** From when we are ready on: what the manager asks of us, where it does not do so by signals. */
  listen(orders: ManagerOrders): void;
}

/** What a manager may ask of the daemon that it runs. */
export interface ManagerOrders {
  stop(reason: string): void;
  /** Monitoring as a whole is suspended; `done` when it is. */
  pause(done: () => void): void;
  resume(done: () => void): void;
}

/** Whatever a powerful user reads and obeys must be out of others' reach. */
export interface FileGuard {
  /** The system, in the words of profiles. */
  readonly system: 'linux' | 'windows';
  /** This process may do on the machine what others may not: root, an elevated administrator. Only then are files guarded. */
  readonly isPowerful: boolean;
  /** Who besides the powerful and ourselves could change this file, or put another in its place: a sentence, or null when nobody can. */
  whoElseMayWrite(path: string): string | null;
  /** What an operator does about it: `chown root and chmod go-w`. */
  readonly remedy: string;
  /** One of the powerful, in a sentence: `root`. */
  readonly who: string;
}
