import type { Event } from '../../../source/engine/event.ts';
import type { EngineState } from '../../../source/engine/state.ts';
import { step as engineStep, initialState } from '../../../source/engine/step.ts';
import type { Step } from '../../../source/engine/turn.ts';
import type { Profile } from '../../../source/profile/profile.ts';
import { LawBook } from '../laws.ts';
import { type Branch, branchesOf } from './branches.ts';
import { canonical, hashOf } from './canonical.ts';
import { carryOut, type Node, nothingOwed, worldOf } from './small-world.ts';
import { forgottenWait, waitingLaw } from './waiting.ts';

export interface Exploration {
  readonly depth: number;
  /** Different states of engine and world. */
  readonly states: number;
  /** Steps of the engine taken, each judged by every law. */
  readonly steps: number;
  /** False: the bound on states was reached in the last level, which is not whole. */
  readonly isWhole: boolean;
}

export interface ExploreOptions {
  readonly profiles: readonly Profile[];
  readonly depth: number;
  /** Bounds memory. */
  readonly mostStates?: number;
  readonly step?: (state: EngineState, event: Event) => Step;
  readonly only?: string;
}

interface Found {
  readonly node: Node;
  /** What has happened so far, for whoever has to understand a broken law. */
  readonly path: Path | null;
}

interface Path {
  readonly before: Path | null;
  readonly event: string;
}

const wallMs = 1_700_000_000_000;

/** All histories of a small world, level by level; a state that was met before is not gone into again. */
export function explore({
  profiles,
  depth,
  mostStates = 400_000,
  step = engineStep,
  only,
}: ExploreOptions): Exploration {
  const laws = new LawBook(only ?? null);
  const [profile] = profiles;
  if (profile === undefined) throw new Error('no profile to explore');
  const start: Node = {
    state: initialState,
    nowMs: 10_000,
    profile: 0,
    living: [],
    owed: nothingOwed,
    records: {},
    pids: 100,
    lives: 1,
  };
  const first: Branch['event'] = {
    type: 'began',
    profile,
    generation: 'life1',
    seed: 1,
    saved: null,
    alive: [],
    launched: {},
  };
  const seen = new Set<number>();
  let steps = 0;
  const take = ({ node, event }: Branch, path: Path | null): Found | null => {
    steps += 1;
    const known = path === null ? { before: null, event: 'began' } : path;
    const dated: Event = { ...event, at: { monoMs: node.nowMs, wallMs: wallMs + node.nowMs } };
    try {
      const before = event.type === 'began' ? initialState : node.state;
      const taken = step(before, dated);
      const given = profiles[node.profile] ?? profile;
      laws.afterStep({ event: dated, before, step: taken, profile: given, world: worldOf(node) });
      const after = taken.effects.reduce(carryOut, { ...node, state: taken.state });
      laws.check(waitingLaw, () => forgottenWait(after));
      const hash = hashOf(canonical(after));
      if (seen.has(hash)) return null;
      seen.add(hash);
      return { node: after, path: known };
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${told(known)}`, { cause: error });
    }
  };
  const root = take({ node: start, event: first }, null);
  let level: Found[] = root === null ? [] : [root];
  for (let at = 1; at <= depth; at += 1) {
    const next: Found[] = [];
    for (const { node, path } of level) {
      for (const branch of branchesOf(node, profiles)) {
        const found = take(branch, { before: path, event: wordsOf(branch) });
        if (found !== null) next.push(found);
      }
      if (seen.size >= mostStates) return { depth: at - 1, states: seen.size, steps, isWhole: false };
    }
    level = next;
  }
  return { depth, states: seen.size, steps, isWhole: true };
}

function wordsOf({ event }: Branch): string {
  if (event.type === 'requested') return `${event.request.verb} ${event.request.target}`;
  const about = 'slot' in event ? event.slot : 'process' in event ? event.process : 'timer' in event ? event.timer : '';
  const how = 'result' in event ? (event.result.ok ? 'ok' : 'failed') : 'found' in event ? `${event.found.length}` : '';
  return `${event.type} ${about} ${how}`.trim();
}

function told(path: Path | null): string {
  const events: string[] = [];
  for (let at = path; at !== null; at = at.before) events.unshift(at.event);
  return events.map((event, index) => `  ${index + 1}. ${event}`).join('\n');
}
