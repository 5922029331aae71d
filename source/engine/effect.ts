import type { DumpKind, IncidentReason } from '../ports/evidence.ts';
import type { Instance } from '../ports/instance.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import type { Answer } from './request.ts';
import type { Living } from './state.ts';

/** What the engine wants done. Carried out by the runtime in this order; what comes of it returns as an event. */
export type Effect =
  /** Always before the effects that depend on it. Null deletes a record. */
  | { readonly do: 'save'; readonly records: Readonly<Record<string, unknown>> }
  | {
      readonly do: 'launch';
      readonly slot: string;
      readonly number: number;
      readonly process: string;
      readonly launch: string;
      readonly spec: ProcessSpec;
    }
  | {
      readonly do: 'run-script';
      readonly slot: string;
      readonly process: string;
      readonly run: string;
      readonly spec: ProcessSpec;
    }
  | { readonly do: 'cancel-script'; readonly slot: string }
  | { readonly do: 'search'; readonly process: string }
  | { readonly do: 'watch'; readonly slot: string; readonly instance: Instance }
  | { readonly do: 'unwatch'; readonly instance: Instance }
  | {
      readonly do: 'probe';
      readonly slot: string;
      readonly number: number;
      readonly process: string;
      readonly instance: Instance;
      readonly spec: ProcessSpec;
    }
  | { readonly do: 'stop-probing'; readonly instance: Instance }
  | {
      readonly do: 'ask';
      readonly slot: string;
      readonly process: string;
      readonly instance: Instance;
      readonly spec: ProcessSpec;
    }
  /** From now on the stall and resource rules of an instance are kept account of; said again, its rules are replaced and what was seen is kept. */
  | {
      readonly do: 'watch-signs';
      readonly slot: string;
      /** Of the instance, as its status shows it: each of a `match` entry has its own. */
      readonly number: number;
      readonly process: string;
      readonly instance: Instance;
      readonly spec: ProcessSpec;
      /** The heartbeat limit that the process itself has asked for; null: that of the profile. */
      readonly heartbeatMs: number | null;
    }
  | { readonly do: 'unwatch-signs'; readonly instance: Instance }
  /** How its rules stand now; the answer is `looked`. */
  | { readonly do: 'look'; readonly slot: string; readonly instance: Instance }
  /** A heartbeat that somebody else gave for it. */
  | { readonly do: 'beat'; readonly instance: Instance }
  /** Takes evidence; the answer is `evidence-taken`. */
  | {
      readonly do: 'collect';
      readonly slot: string;
      readonly number: number;
      readonly process: string;
      readonly spec: ProcessSpec;
      readonly incident: string;
      readonly instance: Instance | null;
      readonly lives: boolean;
      readonly reason: IncidentReason;
      readonly text: string;
      readonly kinds: readonly DumpKind[];
      readonly withinMs: number;
      readonly maxTotalBytes: number;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  /** Instances that are dead already are named too: their trees may live. */
  | { readonly do: 'kill-tree'; readonly slot: string; readonly instances: readonly Living[]; readonly tree: boolean }
  | { readonly do: 'set-timer'; readonly timer: string; readonly atMs: number }
  | { readonly do: 'clear-timer'; readonly timer: string }
  | { readonly do: 'answer'; readonly id: number; readonly answer: Answer }
  /** A reload took a service away: its manager is not listened to any more. */
  | { readonly do: 'leave-service'; readonly process: string; readonly spec: ProcessSpec }
  /** The engine ends with this exit status; the processes are left as they are. */
  | { readonly do: 'exit'; readonly status: number }
  /** The other escalations: to the cluster, by a reboot, by a program, by a plugin. */
  | { readonly do: 'failover'; readonly group: string; readonly reason: string }
  | { readonly do: 'reboot'; readonly group: string; readonly reason: string }
  | {
      readonly do: 'run-escalation';
      readonly group: string;
      readonly command: readonly string[];
      readonly reason: string;
    }
  | { readonly do: 'plugin-escalation'; readonly group: string; readonly plugin: string; readonly reason: string };
