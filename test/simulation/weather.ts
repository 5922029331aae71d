import type { EngineState } from '../../source/engine/state.ts';
import type { World } from './world.ts';
import type { Shortage } from './world-lives.ts';

/** The host has no time for anybody for a while. */
export function starveSomeTime({ lives, chance }: World): void {
  const by = chance.pick<Shortage>(['steal', 'waits', 'throttled']);
  lives.starve(chance.between(5_000, 200_000), chance.pick([0.5, 0.9, 1]), by);
}

/** The engine is stopped and goes on: everything that was due meanwhile comes late. */
export function standStill(world: World): void {
  world.passUntil(world.monoMs + world.chance.between(2_000, 90_000));
  world.lives.engineWasAway();
}

export function setWallClock(world: World): void {
  world.lives.clockIsSet();
  world.wallMs += world.chance.between(-3_600_000, 3_600_000);
}

/** How long the engine has to come to rest once every fault has ended. Where rules run every look is a step, so it is less. */
export function restMs(state: EngineState | undefined): number {
  const hasRules = state?.processes.some(({ slots }) => slots.some(({ vitals }) => vitals.length > 0));
  return hasRules === true ? 300_000 : 900_000;
}
