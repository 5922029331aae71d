import type { SavedState } from '../../../source/engine/durable.ts';
import type { Effect } from '../../../source/engine/effect.ts';
import type { EngineState } from '../../../source/engine/state.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import type { LawWorld } from '../evidence.ts';

/** What a port still owes the engine, or the world could do to it. Values: a history branches by copying them. */
export interface Owed {
  readonly launches: readonly { readonly slot: string; readonly launch: string }[];
  readonly scripts: readonly { readonly slot: string; readonly run: string }[];
  /** Each with what was found when it was asked for: it may be old news when it comes. */
  readonly searches: readonly { readonly process: string; readonly found: readonly Instance[] }[];
  readonly sweeps: readonly string[];
  /** Ends that the kernel has not told yet. */
  readonly exits: readonly { readonly slot: string; readonly instance: Instance }[];
  readonly probes: readonly { readonly slot: string; readonly instance: Instance }[];
  readonly timers: Readonly<Record<string, number>>;
  /** Whose rules are to be looked at, and incidents that are being taken. */
  readonly looks: readonly { readonly slot: string; readonly instance: Instance }[];
  readonly incidents: readonly { readonly slot: string; readonly incident: string }[];
}

export interface Living {
  /** A slot, or the process that is found. */
  readonly owner: string;
  readonly instance: Instance;
  readonly launch: string | null;
  /** For whom its end is told; null: nobody watches. */
  readonly watchedFor: string | null;
}

/** One place in the tree of histories: the engine and the whole world around it. */
export interface Node {
  readonly state: EngineState;
  readonly nowMs: number;
  readonly profile: number;
  readonly living: readonly Living[];
  readonly owed: Owed;
  /** What is on disk. */
  readonly records: Readonly<Record<string, unknown>>;
  readonly pids: number;
  readonly lives: number;
}

export const nothingOwed: Owed = {
  launches: [],
  scripts: [],
  searches: [],
  sweeps: [],
  exits: [],
  probes: [],
  timers: {},
  looks: [],
  incidents: [],
};

export function worldOf(node: Node): LawWorld {
  return {
    mainsOf: (owner) => node.living.filter((one) => one.owner === owner),
    ownerOf: (instance) => node.living.find((one) => isSameInstance(one.instance, instance))?.owner ?? null,
  };
}

export function foundOf(node: Node, process: string): Instance[] {
  return node.living.filter((one) => one.owner === process).map((one) => one.instance);
}

/** Carries one effect out, in the smallest way. */
export function carryOut(node: Node, effect: Effect): Node {
  const { owed } = node;
  const owe = (more: Partial<Owed>): Node => ({ ...node, owed: { ...owed, ...more } });
  switch (effect.do) {
    case 'save': {
      const records: Record<string, unknown> = { ...node.records };
      for (const [key, value] of Object.entries(effect.records)) {
        if (value === null) delete records[key];
        else records[key] = value;
      }
      return { ...node, records };
    }
    case 'launch':
      return owe({ launches: [...owed.launches, { slot: effect.slot, launch: effect.launch }] });
    case 'run-script':
      return owe({ scripts: [...owed.scripts, { slot: effect.slot, run: effect.run }] });
    case 'cancel-script':
      return owe({ scripts: owed.scripts.filter((script) => script.slot !== effect.slot) });
    case 'search': {
      const others = owed.searches.filter((search) => search.process !== effect.process);
      return owe({ searches: [...others, { process: effect.process, found: foundOf(node, effect.process) }] });
    }
    case 'watch':
      return watch(node, effect.slot, effect.instance);
    case 'unwatch':
      return {
        ...owe({ exits: owed.exits.filter((exit) => !isSameInstance(exit.instance, effect.instance)) }),
        living: node.living.map((one) =>
          isSameInstance(one.instance, effect.instance) ? { ...one, watchedFor: null } : one,
        ),
      };
    case 'probe':
      return effect.spec.ready?.probe.kind === 'after'
        ? node
        : owe({ probes: [...owed.probes, { slot: effect.slot, instance: effect.instance }] });
    case 'stop-probing':
      return owe({ probes: owed.probes.filter((probe) => !isSameInstance(probe.instance, effect.instance)) });
    case 'look':
      return owe({ looks: [...owed.looks, { slot: effect.slot, instance: effect.instance }] });
    case 'collect':
      // The last two say enough of what may still come.
      return owe({ incidents: [...owed.incidents, { slot: effect.slot, incident: effect.incident }].slice(-2) });
    case 'kill-tree': {
      const killed = effect.instances.reduce((sum, living) => end(sum, living.instance), node);
      return { ...killed, owed: { ...killed.owed, sweeps: [...killed.owed.sweeps, effect.slot] } };
    }
    case 'set-timer':
      return owe({ timers: { ...owed.timers, [effect.timer]: effect.atMs } });
    case 'clear-timer': {
      const { [effect.timer]: _, ...timers } = owed.timers;
      return owe({ timers });
    }
    default:
      return node;
  }
}

function watch(node: Node, slot: string, instance: Instance): Node {
  const isAlive = node.living.some((one) => isSameInstance(one.instance, instance));
  if (!isAlive) return { ...node, owed: { ...node.owed, exits: [...node.owed.exits, { slot, instance }] } };
  return {
    ...node,
    living: node.living.map((one) => (isSameInstance(one.instance, instance) ? { ...one, watchedFor: slot } : one)),
  };
}

/** An instance ends; who watches it will be told. */
export function end(node: Node, instance: Instance): Node {
  const one = node.living.find((living) => isSameInstance(living.instance, instance));
  if (one === undefined) return node;
  const living = node.living.filter((other) => other !== one);
  const exits =
    one.watchedFor === null ? node.owed.exits : [...node.owed.exits, { slot: one.watchedFor, instance: one.instance }];
  return { ...node, living, owed: { ...node.owed, exits } };
}

export function born(node: Node, owner: string, launch: string | null): { node: Node; instance: Instance } {
  const instance = { pid: node.pids + 1, startTime: node.pids + 1, startedAtMs: 0 };
  const living = [...node.living, { owner, instance, launch, watchedFor: null }];
  return { node: { ...node, pids: node.pids + 1, living }, instance };
}

/** The records as the next engine would read them. */
export function savedOf(node: Node): SavedState {
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.entries(node.records).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    );
  return {
    sameBoot: true,
    endedInOrder: false,
    groups: under('group:') as SavedState['groups'],
    processes: under('process:') as SavedState['processes'],
    slots: under('slot:') as SavedState['slots'],
  };
}
