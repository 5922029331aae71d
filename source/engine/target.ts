import { phrase } from '../notices/phrase.ts';
import type { Target } from './request.ts';
import type { EngineState } from './state.ts';

/** What a target names. A group or everything stands for all its processes; a pid for the slot it lives in. */
export type Resolved =
  | {
      readonly ok: true;
      readonly kind: 'all' | 'group' | 'process' | 'slot';
      readonly name: string;
      readonly processes: readonly number[];
      readonly slot: number | null;
    }
  | { readonly ok: false; readonly problem: string };

export function resolveTarget(state: EngineState, target: Target): Resolved {
  if (target === '--all' || target === '*') {
    return { ok: true, kind: 'all', name: '--all', processes: state.processes.map((_, index) => index), slot: null };
  }
  if (/^\d+$/.test(target)) return resolvePid(state, Number(target));
  const members = state.plan.members.get(target);
  if (members !== undefined) return { ok: true, kind: 'group', name: target, processes: members, slot: null };
  const [name = '', slotText] = target.split('#');
  const process = state.plan.indexOf.get(name);
  if (process === undefined) return { ok: false, problem: unknownTarget(state, target) };
  if (slotText === undefined) return { ok: true, kind: 'process', name, processes: [process], slot: null };
  const slot = state.processes[process]?.slots.find((candidate) => String(candidate.number) === slotText);
  if (slot === undefined)
    return {
      ok: false,
      problem: phrase('no-slot', {
        name,
        slot: slotText,
        slotCount: state.processes[process]?.slots.length ?? 0,
      }),
    };
  return { ok: true, kind: 'slot', name: target, processes: [process], slot: slot.number };
}

function resolvePid(state: EngineState, pid: number): Resolved {
  for (const [index, process] of state.processes.entries()) {
    const slot = process.slots.find((candidate) => candidate.living.some((living) => living.instance.pid === pid));
    if (slot !== undefined)
      return { ok: true, kind: 'slot', name: `${process.name}#${slot.number}`, processes: [index], slot: slot.number };
  }
  return { ok: false, problem: phrase('no-pid', { pid }) };
}

function unknownTarget(state: EngineState, target: string): string {
  const bare = state.processes.filter((process) => process.name.endsWith(`/${target}`)).map((process) => process.name);
  if (bare.length > 0) return phrase('target-meant', { target, meant: bare.join(' or ') });
  const groups = [...state.plan.members.keys()];
  return phrase('no-such-target', { target, groups: groups.slice(0, 10).join(', ') || 'none' });
}
