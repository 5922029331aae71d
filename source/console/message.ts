import type { LiveLook } from '../control/live-look.ts';
import type {
  CountedRestart,
  EngineStatus,
  Explanation,
  InstanceSamples,
  Progress,
  ReloadResult,
  SaveDifference,
  Status,
} from '../control/protocol.ts';
import type { IncidentLine, IncidentPart, IncidentSummary, OutputSince } from '../control/reading-protocol.ts';
import type { Parameter } from '../engine/parameter.ts';
import type { Answer, Request } from '../engine/request.ts';
import type { GroupStatus } from '../engine/status.ts';
import type { NoticeLine } from '../notices/notice.ts';
import type { Size } from './model.ts';
import type { Theme } from './theme.ts';

/** Everything that can happen to the console. */
export type Message =
  /** One printable character, or the name of a key: `enter`, `page-down`, `ctrl-c`. */
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'paste'; readonly text: string }
  /** At a cell of the screen, counted from 0. */
  | {
      readonly is: 'mouse';
      readonly did: 'click' | 'wheel-up' | 'wheel-down';
      readonly column: number;
      readonly row: number;
    }
  /** The colours that were asked for. */
  | { readonly is: 'themed'; readonly theme: Theme; readonly problem: string | null }
  | { readonly is: 'resized'; readonly size: Size }
  /** Once a second. */
  | { readonly is: 'tick'; readonly nowMs: number }
  | {
      readonly is: 'changed';
      readonly whole: boolean;
      readonly engine: EngineStatus;
      readonly groups: readonly GroupStatus[];
    }
  | { readonly is: 'notice'; readonly line: NoticeLine }
  /** Of evidence that is being taken. */
  | ({ readonly is: 'progress' } & Progress)
  /** The engine's answer to a request. */
  | { readonly is: 'answered'; readonly request: Request; readonly answer: Answer }
  | { readonly is: 'saved'; readonly target: string; readonly answer: Answer }
  | { readonly is: 'reloaded'; readonly dryRun: boolean; readonly result: ReloadResult }
  | { readonly is: 'parameters'; readonly target: string; readonly parameters: readonly Parameter[] }
  | { readonly is: 'explained'; readonly target: string; readonly explanations: readonly Explanation[] }
  | { readonly is: 'difference'; readonly target: string; readonly difference: SaveDifference }
  | { readonly is: 'samples'; readonly target: string; readonly samples: readonly InstanceSamples[] }
  | { readonly is: 'restarts'; readonly target: string; readonly restarts: readonly CountedRestart[] }
  | { readonly is: 'output'; readonly target: string; readonly lines: readonly string[] }
  /** A page of the journal. */
  | { readonly is: 'events'; readonly target: string; readonly lines: readonly NoticeLine[] }
  | { readonly is: 'output-since'; readonly target: string; readonly output: OutputSince }
  | { readonly is: 'incidents'; readonly target: string; readonly incidents: readonly IncidentLine[] }
  | { readonly is: 'incident'; readonly number: number; readonly summary: IncidentSummary }
  | { readonly is: 'incident-file'; readonly number: number; readonly name: string; readonly part: IncidentPart }
  /** Into a file of this machine. */
  | { readonly is: 'exported'; readonly number: number; readonly file: string }
  | { readonly is: 'threads'; readonly target: string; readonly looks: readonly LiveLook[] }
  /** A question (why, parameters, output) that the engine could not answer. */
  | { readonly is: 'failed'; readonly problem: string }
  | { readonly is: 'lost'; readonly nowMs: number; readonly nextAttemptAtMs: number }
  | { readonly is: 'connected'; readonly status: Status; readonly notices: readonly NoticeLine[] };
