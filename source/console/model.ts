import type { LiveLook } from '../control/live-look.ts';
import type { CountedRestart, Explanation, FileDifference, InstanceSamples, Status } from '../control/protocol.ts';
import type { IncidentLine } from '../control/reading-protocol.ts';
import type { Parameter } from '../engine/parameter.ts';
import type { Request } from '../engine/request.ts';
import type { GroupStatus } from '../engine/status.ts';
import type { Language, NoticeLine } from '../notices/notice.ts';
import type { ColumnName } from './columns.ts';
import type { ReadingScreen } from './reading/reading-model.ts';
import type { Sort } from './rows/sorting.ts';
import type { Theme } from './theme.ts';

/** Everything the console knows. The screen is a function of it, and `update` alone makes the next one. */
export interface Model {
  readonly size: Size;
  readonly language: Language;
  /** No glyph beyond ASCII. */
  readonly ascii: boolean;
  readonly theme: Theme;
  /** The user's own keys, where they differ from the table's. */
  readonly keys: OwnKeys;
  /** What is done when something is given up. */
  readonly bell: 'off' | 'bell' | 'osc9';
  /** The engine lives in this very process and ends with it, unless it is handed over. */
  readonly embedded: boolean;
  /** The wall clock, in ms since 1970, as of the last message that told it. */
  readonly nowMs: number;
  readonly connection: Connection;
  readonly status: Status;
  /** Oldest first, at most NOTICES_KEPT. */
  readonly notices: readonly NoticeLine[];
  /** Requests that went out and whose effect has not been seen yet, by the full name that they touch. */
  readonly pending: Readonly<Record<string, Pending>>;
  readonly list: ListState;
  readonly screen: Screen;
  /** What lies over the screen and takes the keys. */
  readonly dialog: Dialog | null;
  /** Lines of the `:` command line that were done in this session, oldest first. */
  readonly typed: readonly string[];
  /** One sentence in place of the bottom bar, until the next key. */
  readonly bottomLine: BottomLine | null;
}

/** Keys that the user of this console has put in the place of the table's: by screen, then by action. */
export type OwnKeys = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const NOTICES_KEPT = 500;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type Connection =
  | { readonly is: 'connected' }
  /** `nextAttemptAtMs`: wall clock. */
  | { readonly is: 'lost'; readonly sinceMs: number; readonly nextAttemptAtMs: number };

export interface Pending {
  readonly verb: Request['verb'];
  readonly sinceMs: number;
  /** Of a dump: those of its incidents that are still being taken; null until the engine has named them. */
  readonly incidents?: readonly string[] | null;
}

export interface ListState {
  /** Name of the row under the cursor. */
  readonly cursor: string;
  /** Where that row stood, so that the cursor stays in place when the row is gone. */
  readonly index: number;
  /** The first row on the screen. */
  readonly top: number;
  /** Names of groups whose members are hidden. */
  readonly folded: readonly string[];
  /** Full names of processes whose slots are shown. */
  readonly opened: readonly string[];
  /** Names of rows marked for the next action. */
  readonly marked: readonly string[];
  readonly filter: string;
  readonly sort: Sort;
  /** Where the list is sorted by what moves: the order is held still for a while after each key. */
  readonly held: HeldOrder | null;
  /** Columns that its user does without. */
  readonly hidden: readonly ColumnName[];
}

/** Rows must not move between the look at them and the key. */
export interface HeldOrder {
  /** As they were when it was made. */
  readonly groups: readonly GroupStatus[];
  /** Ms since 1970. */
  readonly untilMs: number;
}

export type Screen = { readonly is: 'list' } | DetailsScreen | ParametersScreen | StallsScreen | ReadingScreen;

/** Of a group or a process. What stands below the target is null until it was fetched; of a group nothing is. */
export interface DetailsScreen {
  readonly is: 'details';
  readonly target: string;
  readonly output: readonly string[] | null;
  readonly why: string | null;
  readonly samples: readonly InstanceSamples[] | null;
  /** How large its output was, as often as it was asked since the page was opened; oldest first, of ten minutes at most. */
  readonly written: readonly Written[];
  readonly restarts: readonly CountedRestart[] | null;
  readonly incidents: readonly IncidentLine[] | null;
  readonly parameters: readonly Parameter[] | null;
}

/** `bytes`: of the output files of all its instances together. */
export interface Written {
  readonly atMs: number;
  readonly bytes: number;
}

export interface ParametersScreen {
  readonly is: 'parameters';
  /** Full name of the process. */
  readonly target: string;
  /** Null until they were fetched. */
  readonly parameters: readonly Parameter[] | null;
  readonly index: number;
  readonly edit: Edit | null;
  /** Where Esc leads. */
  readonly from: 'list' | 'details';
}

/** Every stall timer; below them what the process under the cursor is doing now. */
export interface StallsScreen {
  readonly is: 'stalls';
  /** Key of the timer under the cursor. */
  readonly cursor: string;
  /** Where it stood, so that the cursor stays in place when it is gone. */
  readonly index: number;
  /** The first timer on the screen. */
  readonly top: number;
  /** Whose timer it is: what the keys act on; empty where no timer runs. */
  readonly target: string;
  /** Null until it was looked at. */
  readonly look: StallsLook | null;
  /** When the engine was asked what it has not answered yet; null: nothing. */
  readonly asked: number | null;
  /** The process whose details Esc leads back to; null: to the list. */
  readonly back: string | null;
}

export interface StallsLook {
  readonly target: string;
  readonly looks: readonly LiveLook[];
  /** By pid and thread: how it was found standing, and since when, as far as this console has seen. */
  readonly unmovedSince: Readonly<Record<string, { readonly stand: string; readonly sinceMs: number }>>;
}

export interface Edit {
  readonly text: string;
  /** Why the engine refused this very text. */
  readonly problem: string | null;
  /** Sent, and not answered yet. */
  readonly sent: boolean;
}

export type Dialog =
  | PauseDialog
  | { readonly is: 'confirm'; readonly verb: 'stop' | 'restart'; readonly targets: readonly string[] }
  | { readonly is: 'quit'; readonly choice: number }
  /** `before`: the filter that Esc brings back. */
  | { readonly is: 'filter'; readonly before: string }
  | PromptDialog
  | SortDialog
  | ColumnsDialog
  | PageDialog;

/** Something to read, on the whole page. `top`: the first of its lines on the screen. */
export type PageDialog =
  | HelpDialog
  /** Why a process, or each of a group, is as it is; null until the engine has said it. */
  | {
      readonly is: 'why';
      readonly top: number;
      readonly target: string;
      readonly explanations: readonly Explanation[] | null;
    }
  /** What is wrong with the profiles of the last reload. */
  | { readonly is: 'problems'; readonly top: number }
  /** What would be written into the profile; null until the engine has said it. */
  | {
      readonly is: 'write';
      readonly top: number;
      readonly target: string;
      readonly files: readonly FileDifference[] | null;
    };

export interface PauseDialog {
  readonly is: 'pause';
  readonly targets: readonly string[];
  readonly why: string;
  readonly choice: number;
  /** As typed for the choice that takes any time: `90m`, `17:30`. */
  readonly until: string;
}

/** The list follows at once; `before` is what Esc brings back. */
export interface SortDialog {
  readonly is: 'sort';
  readonly before: Sort;
}

export interface ColumnsDialog {
  readonly is: 'columns';
  readonly choice: number;
  readonly before: readonly ColumnName[];
}

/** `find`: only what holds it is shown; `isTyping`: letters are part of it now. */
export interface HelpDialog {
  readonly is: 'help';
  /** The page that it was opened over, and that comes back. */
  readonly over: PageDialog | null;
  readonly top: number;
  readonly find: string;
  readonly isTyping: boolean;
}

/** The `:` command line. */
export interface PromptDialog {
  readonly is: 'prompt';
  readonly text: string;
  /** What stood there before Tab put candidate `choice` of it into the text. */
  readonly typed: string;
  readonly choice: number | null;
  /** How many lines back in the history it is; 0: a new one. */
  readonly back: number;
  /** Why the line was not done. */
  readonly problem: string | null;
  readonly fields: PromptFields | null;
}

/** The parameters of the process that the line is about; null until the engine has named them. */
export interface PromptFields {
  readonly target: string;
  readonly parameters: readonly Parameter[] | null;
}

export interface BottomLine {
  readonly kind: 'command' | 'progress' | 'done' | 'reason' | 'problem';
  readonly text: string;
}

/** How the console was left. */
export type Leaving = 'detached' | 'keep-watching' | 'stop-watching';
