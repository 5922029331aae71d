import type { Lost, RuleName, Sign } from '../../source/engine/sign.ts';
import type { Instance } from '../../source/ports/instance.ts';
import { DrivenEngine } from './driven-engine.ts';

/** One process under rules: `fields` are those of the entry beside its command. */
export function shopOf(fields: string): string {
  return `groups: { shop: { processes: { api: { command: [api], restart: { limit: 3, within: 1h, backoff: { initial: 1s } }, ${fields} } } } }`;
}

export const api = 'shop/api#1';

/** It runs since now. */
export function runningUnder(fields: string): { readonly engine: DrivenEngine; readonly instance: Instance } {
  const engine = new DrivenEngine().begin(shopOf(fields));
  const instance = engine.launch(api);
  return { engine, instance };
}

/** How a rule stands: seen to hold last at that time. */
export function held(rule: RuleName, heldAtMs: number, lost: Lost = { ms: 0, cause: '' }, measured = ''): Sign {
  return { rule, heldAtMs, lost, measured };
}

/** When the timer of the slot's rules rings, by the last step's effects; null: it was cleared; undefined: it was left alone. */
export function vitalTimerOf(engine: DrivenEngine, slot = api): number | null | undefined {
  const timer = `vital:${slot}`;
  for (const effect of engine.effects) {
    if (effect.do === 'set-timer' && effect.timer === timer) return effect.atMs;
    if (effect.do === 'clear-timer' && effect.timer === timer) return null;
  }
  return undefined;
}

/** What the last step says about who is watched: `watch-signs 101`. */
export function signsOf(engine: DrivenEngine): string[] {
  return engine.effects.flatMap((effect) =>
    effect.do === 'watch-signs' || effect.do === 'unwatch-signs' ? [`${effect.do} ${effect.instance.pid}`] : [],
  );
}
