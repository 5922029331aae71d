import type { Moment } from '../ports/clock.ts';
import type { EvidenceResult } from '../ports/evidence.ts';
import type { Exit, Instance } from '../ports/instance.ts';
import type { Message } from '../ports/messages.ts';
import type { ScriptResult } from '../ports/script-runner.ts';
import type { ServiceState } from '../ports/service-manager.ts';
import type { LaunchResult } from '../ports/spawner.ts';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import type { Profile } from '../profile/profile.ts';
import type { SavedState } from './durable.ts';
import type { Request } from './request.ts';
import type { Sign } from './sign.ts';

/** Everything that can happen to the engine. Slots go by `group/process#1`; a fact about a slot or instance that is gone is ignored. */
export type Event = { readonly at: Moment } & Happening;

export type Happening =
  | Began
  | { readonly type: 'profile-changed'; readonly profile: Profile }
  | { readonly type: 'launched'; readonly slot: string; readonly launch: string; readonly result: LaunchResult }
  | { readonly type: 'exited'; readonly slot: string; readonly instance: Instance; readonly exit: Exit }
  | { readonly type: 'searched'; readonly process: string; readonly found: readonly Instance[] }
  | { readonly type: 'service-changed'; readonly process: string; readonly state: ServiceState }
  | { readonly type: 'escalation-failed'; readonly group: string; readonly problem: string }
  | { readonly type: 'script-ended'; readonly slot: string; readonly run: string; readonly result: ScriptResult }
  | { readonly type: 'became-ready'; readonly slot: string; readonly instance: Instance }
  | { readonly type: 'ask-failed'; readonly slot: string; readonly instance: Instance; readonly problem: string }
  /** What the process says of itself; a mere sign of life (WATCHDOG=1) is no event. */
  | { readonly type: 'said'; readonly slot: string; readonly instance: Instance; readonly message: Message }
  /** How the rules of an instance stand: the answer to `look`. */
  | { readonly type: 'looked'; readonly slot: string; readonly instance: Instance; readonly signs: readonly Sign[] }
  /** A probe that warns, fails, or is well again; those that stay well are no event. */
  | { readonly type: 'probed'; readonly slot: string; readonly instance: Instance; readonly verdict: ProbeVerdict }
  | {
      readonly type: 'evidence-taken';
      readonly slot: string;
      readonly incident: string;
      readonly result: EvidenceResult;
    }
  | { readonly type: 'swept'; readonly slot: string; readonly left: readonly number[] }
  | { readonly type: 'timer-rang'; readonly timer: string }
  | { readonly type: 'requested'; readonly id: number; readonly by: string; readonly request: Request };

/** The first event of a life of the engine. */
export interface Began {
  readonly type: 'began';
  readonly profile: Profile;
  readonly generation: string;
  /** Seeds the variation of the backoff. */
  readonly seed: number;
  /** What an earlier life left behind; null on the very first start. */
  readonly saved: SavedState | null;
  /** Those of the saved instances that live still. */
  readonly alive: readonly Instance[];
  /** Children and restart scripts found by the marks that were saved without a pid. */
  readonly launched: Readonly<Record<string, Instance>>;
}
