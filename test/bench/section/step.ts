// The pure engine alone: does a step cost the same with ten times as many processes?
import type { Effect } from '../../../source/engine/effect.ts';
import type { Event, Happening } from '../../../source/engine/event.ts';
import type { EngineState } from '../../../source/engine/state.ts';
import { initialState, step } from '../../../source/engine/step.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { parseProfiles } from '../../../source/profile/parse.ts';
import type { Profile } from '../../../source/profile/profile.ts';
import { profileText } from '../daemon.ts';
import type { Figure } from '../figures.ts';

const sizes = [1_000, 10_000];
const restartsMeasured = 5_000;

export async function stepSection(): Promise<Figure[]> {
  // Compiled by V8 before it counts.
  measure(sizes[0] ?? 0);
  const [small, large] = sizes.map(measure);
  if (small === undefined || large === undefined) return [];
  return [
    { what: 'first step with 1,000 processes', unit: 'ms', samples: [small.beganMs] },
    { what: 'first step with 10,000 processes', unit: 'ms', samples: [large.beganMs] },
    { what: 'all steps of 1,000 first starts', unit: 'ms', samples: [small.firstStartsMs] },
    { what: 'all steps of 10,000 first starts', unit: 'ms', samples: [large.firstStartsMs] },
    { what: 'one death and restart (3 steps) among 1,000', unit: 'µs', samples: small.restartUs },
    {
      what: 'one death and restart (3 steps) among 10,000',
      unit: 'µs',
      samples: large.restartUs,
      floor: { what: '', unit: 'µs', samples: small.restartUs },
    },
  ];
}

function measure(size: number): { beganMs: number; firstStartsMs: number; restartUs: number[] } {
  let state: EngineState = initialState;
  let monoMs = 0;
  const take = (happening: Happening) => {
    monoMs += 1;
    const taken = step(state, { ...happening, at: { monoMs, wallMs: monoMs } } as Event);
    state = taken.state;
    return taken.effects;
  };
  const before = performance.now();
  const first = {
    type: 'began',
    profile: profileOf(size),
    generation: 'g',
    seed: 1,
    saved: null,
    alive: [],
    launched: {},
  } as const;
  const readMs = performance.now() - before;
  const effects = take(first);
  const beganMs = performance.now() - before - readMs;
  const living = new Map<string, Instance>();
  let pid = 0;
  const ordered: Effect[] = [];
  const launched = (slot: string, launch: string): void => {
    pid += 1;
    const instance = { pid, startTime: pid, startedAtMs: 0 };
    living.set(slot, instance);
    // Of many starts at once some wait for the first ones.
    ordered.push(...take({ type: 'launched', slot, launch, result: { ok: true, instance } }));
  };
  ordered.push(...effects);
  for (let next = 0; next < ordered.length; next++) {
    const effect = ordered[next];
    if (effect?.do === 'launch') launched(effect.slot, effect.launch);
  }
  const firstStartsMs = performance.now() - before - readMs;
  const restartUs: number[] = [];
  for (let count = 0; count < restartsMeasured; count++) {
    const slot = `bench/p${1 + ((count * 7919) % size)}#1`;
    const instance = living.get(slot);
    if (instance === undefined) throw new Error(`${slot} does not live`);
    // Outside of the restart limit's window for each.
    monoMs += 86_400_000;
    const beganAt = performance.now();
    take({ type: 'exited', slot, instance, exit: { signal: 'SIGKILL', core: false } });
    const launch = take({ type: 'swept', slot, left: [] }).find((effect) => effect.do === 'launch');
    if (launch?.do === 'launch') launched(slot, launch.launch);
    restartUs.push((performance.now() - beganAt) * 1000);
  }
  return { beganMs, firstStartsMs, restartUs };
}

function profileOf(size: number): Profile {
  const sources = [{ file: '/bench.yaml', text: profileText('bench', size, '/bin/true') }];
  const parsed = parseProfiles(sources, { environment: {}, system: 'linux', readFile: () => null });
  if (!parsed.ok) throw new Error(`the profile has problems: ${JSON.stringify(parsed.problems[0])}`);
  return parsed.profile;
}
