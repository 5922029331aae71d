import type { IncidentLine, IncidentPart, IncidentSummary } from '../../control/reading-protocol.ts';
import type { NoticeLine } from '../../notices/notice.ts';

/** In the place of a target: everything that is watched. */
export const EVERYTHING = '*';

/** What is looked for, or what is left of the lines. */
export interface Query {
  readonly text: string;
  /** The keys are letters of it. */
  readonly isTyping: boolean;
  /** What Esc brings back. */
  readonly before: string;
}

/** How far a long text has been read. */
export interface Pager {
  /** The first line on the screen; null: the last line is, and stays there when more comes. */
  readonly top: number | null;
  /** Lines that are too long go on in the next row, or else are cut. */
  readonly wraps: boolean;
  readonly query: Query;
  /** Where `n` goes on: a file is read downwards, an output from its end upwards. */
  readonly way: 'up' | 'down';
  /** The line that was found last. */
  readonly match: number | null;
}

interface Reading {
  /** A group, a process, or EVERYTHING. */
  readonly target: string;
  /** What the cursor stood on when it was opened; EVERYTHING where it stood on nothing. */
  readonly own: string;
  /** Where Esc leads. */
  readonly from: 'list' | 'details';
}

export interface TimelineScreen extends Reading {
  readonly is: 'timeline';
  /** Oldest first. */
  readonly lines: readonly NoticeLine[];
  /** What lies before them in the journal: not asked for, under way, nothing, or more than is held here. */
  readonly older: 'unasked' | 'asked' | 'none' | 'too-many';
  /** Of the lines that the filter leaves. */
  readonly index: number;
  readonly top: number;
  /** The cursor stands at the end and stays there. */
  readonly follows: boolean;
  readonly query: Query;
}

export interface OutputLine {
  /** `api`, `worker#2`; empty where there is only one. */
  readonly source: string;
  readonly text: string;
  /** `note`: the console's own, such as that something is missing here. */
  readonly is: 'line' | 'partial' | 'note';
}

export interface OutputScreen extends Reading {
  readonly is: 'output';
  /** Marks for the next question, by `group/process#slot`. Null: nothing was answered yet. */
  readonly marks: Readonly<Record<string, string>> | null;
  readonly lines: readonly OutputLine[];
  /** Lines without an end yet, which stand below the others. */
  readonly partials: readonly OutputLine[];
  readonly problems: readonly string[];
  readonly pager: Pager;
}

export interface EvidenceScreen extends Reading {
  readonly is: 'evidence';
  /** Newest first; null until they were fetched. */
  readonly incidents: readonly IncidentLine[] | null;
  readonly index: number;
  readonly incident: OpenIncident | null;
}

export interface OpenIncident {
  readonly number: number;
  readonly summary: IncidentSummary | null;
  /** Of its files. */
  readonly index: number;
  readonly file: OpenFile | null;
}

export interface OpenFile extends Pick<IncidentPart, 'path' | 'bytes' | 'isText' | 'next'> {
  readonly name: string;
  readonly lines: readonly string[];
  /** The last line goes on in the next part. */
  readonly isOpenEnded: boolean;
  readonly isAsking: boolean;
  readonly pager: Pager;
}

export type ReadingScreen = TimelineScreen | OutputScreen | EvidenceScreen;

const NO_QUERY: Query = { text: '', isTyping: false, before: '' };

export function pagerAt(top: number | null): Pager {
  return { top, wraps: false, query: NO_QUERY, way: 'up', match: null };
}

export function timelineOf(reading: Reading, lines: readonly NoticeLine[]): TimelineScreen {
  const index = Math.max(0, lines.length - 1);
  return { is: 'timeline', ...reading, lines, older: 'asked', index, top: index, follows: true, query: NO_QUERY };
}

export function outputOf(reading: Reading): OutputScreen {
  return { is: 'output', ...reading, marks: null, lines: [], partials: [], problems: [], pager: pagerAt(null) };
}

export function evidenceOf(reading: Reading): EvidenceScreen {
  return { is: 'evidence', ...reading, incidents: null, index: 0, incident: null };
}

export function isReading(screen: { readonly is: string }): screen is ReadingScreen {
  return screen.is === 'timeline' || screen.is === 'output' || screen.is === 'evidence';
}
