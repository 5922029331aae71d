import type { Request } from '../engine/request.ts';
import type { Leaving, Model } from './model.ts';

/** What is asked of the engine. */
export type EngineCommand =
  /** `thenSave`: once it is in force, the target's overrides are written into its profile. */
  | { readonly is: 'act'; readonly request: Request; readonly thenSave?: boolean }
  | { readonly is: 'reload'; readonly dryRun: boolean }
  | { readonly is: 'save'; readonly target: string }
  | { readonly is: 'fetch-parameters'; readonly target: string }
  | { readonly is: 'fetch-output'; readonly target: string }
  | { readonly is: 'fetch-why'; readonly target: string }
  | { readonly is: 'fetch-samples'; readonly target: string }
  | { readonly is: 'fetch-restarts'; readonly target: string }
  | { readonly is: 'fetch-difference'; readonly target: string };

/** What update asks of the shell around it. Values, carried out elsewhere. */
export type Command =
  | EngineCommand
  | { readonly is: 'leave'; readonly how: Leaving }
  /** Ctrl-Z: hands the terminal back to the shell until `fg`. */
  | { readonly is: 'suspend' }
  /** Draws everything anew, after something else wrote on the terminal. */
  | { readonly is: 'redraw' };

export interface Step {
  readonly model: Model;
  readonly commands: readonly Command[];
}

export function step(model: Model, ...commands: readonly Command[]): Step {
  return { model, commands };
}
