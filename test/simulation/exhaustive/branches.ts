import type { Happening } from '../../../source/engine/event.ts';
import type { Request } from '../../../source/engine/request.ts';
import { slotName } from '../../../source/engine/state.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import type { Message } from '../../../source/ports/messages.ts';
import type { ProbeVerdict } from '../../../source/ports/stall-prober.ts';
import type { Profile } from '../../../source/profile/profile.ts';
import { born, end, foundOf, type Node, nothingOwed, savedOf } from './small-world.ts';

/** Something that can happen: the world afterwards, and what the engine is told. */
export interface Branch {
  readonly node: Node;
  readonly event: Happening;
}

const verbs = ['pause', 'resume', 'start', 'stop', 'restart', 'clear'] as const;

/** Everything that can happen now. */
export function branchesOf(node: Node, profiles: readonly Profile[]): Branch[] {
  return [
    ...launches(node),
    ...scripts(node),
    ...searches(node),
    ...looks(node),
    ...words(node),
    ...incidents(node),
    ...ends(node),
    ...rings(node),
    ...requests(node),
    ...reloads(node, profiles),
    ...kills(node, profiles),
  ];
}

function launches(node: Node): Branch[] {
  return node.owed.launches.flatMap(({ slot, launch }, index) => {
    const paid = { ...node, owed: { ...node.owed, launches: node.owed.launches.toSpliced(index, 1) } };
    const { node: after, instance } = born(paid, slot, launch);
    return [
      { node: after, event: { type: 'launched', slot, launch, result: { ok: true, instance } } },
      { node: paid, event: { type: 'launched', slot, launch, result: { ok: false, problem: 'no such program' } } },
    ];
  });
}

function scripts(node: Node): Branch[] {
  return node.owed.scripts.flatMap(({ slot, run }, index) => {
    const paid = { ...node, owed: { ...node.owed, scripts: node.owed.scripts.toSpliced(index, 1) } };
    const owner = slot.slice(0, slot.lastIndexOf('#'));
    const brought = foundOf(node, owner).length > 0 ? [] : [born(paid, owner, null).node];
    return [
      ...[paid, ...brought].map((after) => ({
        node: after,
        event: { type: 'script-ended', slot, run, result: { ok: true } } as const,
      })),
      { node: paid, event: { type: 'script-ended', slot, run, result: { ok: false, problem: 'exit 1' } } as const },
    ];
  });
}

/** A rule holds now, has held as long as it is watched, or was silent in time that does not count. */
function looks(node: Node): Branch[] {
  return node.owed.looks.flatMap(({ slot, instance }, index) => {
    const paid = { ...node, owed: { ...node.owed, looks: node.owed.looks.toSpliced(index, 1) } };
    const timers = node.state.processes
      .flatMap((process) => process.slots)
      .flatMap((one) => one.vitals)
      .filter((vital) => isSameInstance(vital.instance, instance))
      .flatMap((vital) => vital.timers);
    const stands = [
      { heldAtMs: node.nowMs, lost: { ms: 0, cause: '' } },
      { heldAtMs: node.nowMs - 60_000, lost: { ms: 0, cause: '' } },
      { heldAtMs: node.nowMs - 60_000, lost: { ms: 60_000, cause: 'a debugger' } },
    ];
    return stands.map((stand): Branch => {
      const signs = timers.map(({ rule }) => ({ rule, measured: '', ...stand }));
      return { node: paid, event: { type: 'looked', slot, instance, signs } };
    });
  });
}

/** What the living say of themselves, and what their probes say. */
function words(node: Node): Branch[] {
  const messages: readonly Message[] = [
    { stopping: true },
    { ready: true },
    { watchdog: 'trigger' },
    { heartbeatMs: 0 },
    { extendMs: 7_000 },
  ];
  const verdicts: readonly ProbeVerdict[] = [
    { is: 'ok', text: '' },
    { is: 'critical', text: '' },
  ];
  return node.state.processes.flatMap((process) =>
    process.slots.flatMap((slot) => {
      const name = slotName(process, slot);
      const said = slot.living.flatMap(({ instance }) => {
        const isKept = process.spec.stall.heartbeatMs !== null;
        return isKept ? messages.map((message) => ({ type: 'said', slot: name, instance, message }) as const) : [];
      });
      const probed = slot.vitals.flatMap(({ instance }) =>
        process.spec.stall.probe === null
          ? []
          : verdicts.map((verdict) => ({ type: 'probed', slot: name, instance, verdict }) as const),
      );
      return [...said, ...probed].map((event): Branch => ({ node, event }));
    }),
  );
}

/** Evidence is taken, or fails, or never comes. */
function incidents(node: Node): Branch[] {
  return node.owed.incidents.map(({ slot, incident }, index): Branch => {
    const paid = { ...node, owed: { ...node.owed, incidents: node.owed.incidents.toSpliced(index, 1) } };
    return {
      node: paid,
      event: { type: 'evidence-taken', slot, incident, result: { ok: false, problem: 'the disk is full' } },
    };
  });
}

/** Results that are owed, and the slow scan, which may find what something else has just started. */
function searches(node: Node): Branch[] {
  const owed = node.owed.searches.map(
    ({ process, found }, index): Branch => ({
      node: { ...node, owed: { ...node.owed, searches: node.owed.searches.toSpliced(index, 1) } },
      event: { type: 'searched', process, found },
    }),
  );
  const scans = node.state.processes
    .filter((process) => process.spec.kind === 'match')
    .map(({ name }): Branch => {
      const after = foundOf(node, name).length > 0 ? node : born(node, name, null).node;
      return { node: after, event: { type: 'searched', process: name, found: foundOf(after, name) } };
    });
  return [...owed, ...scans];
}

function ends(node: Node): Branch[] {
  const exit = { signal: 'SIGKILL', core: false };
  const untold = node.owed.exits.map(
    ({ slot, instance }, index): Branch => ({
      node: { ...node, owed: { ...node.owed, exits: node.owed.exits.toSpliced(index, 1) } },
      event: { type: 'exited', slot, instance, exit },
    }),
  );
  const sudden = node.living.flatMap(({ watchedFor, instance }): Branch[] => {
    if (watchedFor === null) return [];
    const dead = end(node, instance);
    return [
      {
        node: { ...dead, owed: { ...dead.owed, exits: node.owed.exits } },
        event: { type: 'exited', slot: watchedFor, instance, exit },
      },
    ];
  });
  const swept = node.owed.sweeps.map(
    (slot, index): Branch => ({
      node: { ...node, owed: { ...node.owed, sweeps: node.owed.sweeps.toSpliced(index, 1) } },
      event: { type: 'swept', slot, left: [] },
    }),
  );
  const ready = node.owed.probes.map(
    ({ slot, instance }, index): Branch => ({
      node: { ...node, owed: { ...node.owed, probes: node.owed.probes.toSpliced(index, 1) } },
      event: { type: 'became-ready', slot, instance },
    }),
  );
  return [...untold, ...sudden, ...swept, ...ready];
}

/** Time passes only up to the next timer. */
function rings(node: Node): Branch[] {
  const soonest = Math.min(...Object.values(node.owed.timers));
  return Object.entries(node.owed.timers)
    .filter(([, atMs]) => atMs === soonest)
    .map(([timer, atMs]) => {
      const { [timer]: _, ...timers } = node.owed.timers;
      const nowMs = Math.max(node.nowMs, atMs);
      return { node: { ...node, nowMs, owed: { ...node.owed, timers } }, event: { type: 'timer-rang', timer } };
    });
}

function requests(node: Node): Branch[] {
  const asked = (request: Request): Branch => ({ node, event: { type: 'requested', id: 1, by: 'ops1', request } });
  return node.state.processes.flatMap(({ name: target }) =>
    verbs.map((verb) => asked(verb === 'pause' ? { verb, target, why: '', untilMs: null } : { verb, target })),
  );
}

function reloads(node: Node, profiles: readonly Profile[]): Branch[] {
  return profiles.map((profile, index) => ({
    node: { ...node, profile: index },
    event: { type: 'profile-changed', profile },
  }));
}

/** The engine dies between two steps; a launch under way may have made its child, or not. The next one may find another profile. */
function kills(node: Node, profiles: readonly Profile[]): Branch[] {
  const withChildren = node.owed.launches.reduce((sum, { slot, launch }) => born(sum, slot, launch).node, node);
  const variants = node.owed.launches.length === 0 ? [node] : [node, withChildren];
  const next = variants.flatMap((left) => profiles.map((profile, index) => ({ left, profile, index })));
  return next.map(({ left, profile, index }) => {
    const marks = left.living.filter((one) => node.owed.launches.some(({ launch }) => launch === one.launch));
    return {
      node: {
        ...left,
        profile: index,
        lives: node.lives + 1,
        owed: nothingOwed,
        living: left.living.map((one) => ({ ...one, watchedFor: null })),
      },
      event: {
        type: 'began',
        profile,
        generation: `life${node.lives + 1}`,
        seed: 1,
        saved: savedOf(node),
        alive: left.living.map((one) => one.instance),
        launched: Object.fromEntries(marks.map((one) => [one.launch, one.instance])),
      },
    };
  });
}
