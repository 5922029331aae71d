import type { Request } from '../engine/request.ts';
import type { ConsoleSettings } from '../settings/console-settings.ts';
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
  | { readonly is: 'fetch-threads'; readonly target: string }
  | { readonly is: 'fetch-difference'; readonly target: string }
  /** What is not newer than `untilMs`. */
  | { readonly is: 'fetch-events'; readonly target: string; readonly untilMs: number | null; readonly limit: number }
  | FetchOutputSince
  | { readonly is: 'fetch-incidents'; readonly target: string }
  | { readonly is: 'fetch-incident'; readonly number: number }
  | {
      readonly is: 'fetch-incident-file';
      readonly number: number;
      readonly name: string;
      readonly offset: number;
    };

/** Only the last of these counts: one that still waits is forgotten. */
export interface FetchOutputSince {
  readonly is: 'fetch-output-since';
  readonly target: string;
  readonly since: Readonly<Record<string, string>>;
  readonly afterMs: number;
}

/** What concerns nobody but whoever sits here. */
export type UserCommand =
  /** Into the clipboard of whoever sits before the terminal. */
  | { readonly is: 'copy'; readonly text: string }
  | { readonly is: 'ring'; readonly how: 'bell' | 'osc9'; readonly text: string }
  | { readonly is: 'turn-mouse'; readonly isOn: boolean }
  /** By its name; a file of colours has to be read for it. */
  | { readonly is: 'use-theme'; readonly name: string }
  /** What this user likes, for the next time too. */
  | { readonly is: 'remember'; readonly change: Partial<Omit<ConsoleSettings, 'keys'>> };

/** What update asks of the shell around it. Values, carried out elsewhere. */
export type Command =
  | EngineCommand
  /** Packs it into the directory that the console was started in. */
  | { readonly is: 'export-incident'; readonly number: number }
  | { readonly is: 'leave'; readonly how: Leaving }
  /** Ctrl-Z: hands the terminal back to the shell until `fg`. */
  | { readonly is: 'suspend' }
  | UserCommand
  /** Draws everything anew, after something else wrote on the terminal. */
  | { readonly is: 'redraw' };

export interface Step {
  readonly model: Model;
  readonly commands: readonly Command[];
}

export function step(model: Model, ...commands: readonly Command[]): Step {
  return { model, commands };
}
