import type { Status } from '../control/protocol.ts';
import type { GroupStatus, InstanceStatus, ProcessState, ProcessStatus, SlotStatus } from '../engine/status.ts';
import { memory, percent } from '../format/amount.ts';
import { lasted, stopwatch } from '../format/duration.ts';
import { nearestToLimit } from '../format/timer.ts';
import type { Language } from '../notices/notice.ts';
import { inLanguage } from '../notices/phrase.ts';
import { formatProblem } from '../profile/problem.ts';
import type { WrittenValue } from '../profile/profile.ts';
import { type Column, clean, fold, table } from './columns.ts';
import { shownMoment } from './moment.ts';
import { paint, type Tone } from './paint.ts';
import { pauseText, stateText, stateWord, withDeadline, word } from './status-words.ts';
import { isWell } from './well.ts';

export interface StatusView {
  readonly language: Language;
  readonly nowMs: number;
  /** Of the terminal; null: as wide as it gets. */
  readonly columns: number | null;
  readonly hasColours: boolean;
  /** Every slot has its line, not only those that are not well. */
  readonly showsSlots: boolean;
}

/** The screen as text: who is watched, how each is, and why what is not well is not. */
export function statusLines(status: Status, view: StatusView): string[] {
  const rows = status.groups.flatMap((group) => groupRows(group, view));
  const columns = allColumns(
    view,
    rows.some(({ stall }) => stall !== ''),
  );
  const [head = '', ...lines] = table(columns, rows, view.columns);
  const body = lines.flatMap((line, index) => [line, ...noteLines(rows[index]?.notes ?? [], view)]);
  return [
    ...headLines(status, view),
    '',
    ...(rows.length === 0 ? [word('nothing', view.language)] : [paint(head, 'bright', view.hasColours), ...body]),
  ];
}

interface Row {
  readonly name: string;
  readonly state: string;
  readonly tone: Tone;
  readonly pid: string;
  readonly up: string;
  readonly restarts: string;
  /** The stall rule that is nearest to its limit, and how near. */
  readonly stall: string;
  readonly cpu: string;
  readonly memory: string;
  /** Sentences under the row. */
  readonly notes: readonly string[];
}

function groupRows(group: GroupStatus, view: StatusView): Row[] {
  const state = stateWord(group.state, view.language);
  const own: Row = {
    name: group.name,
    state: group.paused === null ? state : word('and', view.language, { state }),
    tone: groupTones[group.state],
    pid: '',
    up: '',
    restarts: '',
    stall: '',
    cpu: '',
    memory: '',
    notes: group.paused === null ? [] : [pauseText(group.paused, view.nowMs, view.language)],
  };
  return [own, ...group.processes.flatMap((process) => processRows(group, process, view))];
}

function processRows(group: GroupStatus, process: ProcessStatus, view: StatusView): Row[] {
  const name = `${group.name}/${process.name}`;
  const isSingle = process.instances.length === 1 && process.expected === 1;
  const isAlive = process.instances.length > 0;
  const own: Row = {
    name,
    state: stateText(process, view.nowMs, view.language),
    tone: toneOf(process),
    pid: isSingle ? String(process.instances[0]?.pid) : '',
    up: youngest(process.instances, view.nowMs),
    restarts: `${process.restarts.count}/${process.restarts.limit}`,
    stall: stallText(process),
    cpu: isAlive ? percent(process.cpuPercent) : '',
    memory: isAlive ? memory(process.memoryBytes) : '',
    notes: notesOf(group, process, view),
  };
  if (process.slots.length < 2) return [own];
  const shown = process.slots.filter((slot) => view.showsSlots || !(slot.state === 'running' || isWell(process)));
  return [own, ...shown.map((slot) => slotRow(name, process, slot, view))];
}

function slotRow(name: string, process: ProcessStatus, slot: SlotStatus, view: StatusView): Row {
  const living = process.instances.filter((instance) => instance.slot === slot.slot);
  return {
    name: `${name}#${slot.slot}`,
    state: withDeadline(slot, view.nowMs, view.language),
    tone: tones[slot.state],
    pid: living[0] === undefined ? '' : String(living[0].pid),
    up: youngest(living, view.nowMs),
    restarts: `${slot.restarts}/${process.restarts.limit}`,
    stall: '',
    cpu: '',
    memory: '',
    notes: [],
  };
}

function notesOf(group: GroupStatus, process: ProcessStatus, { language, nowMs, showsSlots }: StatusView): string[] {
  const pausedHere = process.paused !== null && JSON.stringify(process.paused) !== JSON.stringify(group.paused);
  const overrides = Object.entries(process.overrides).map(([field, { value, by, at }]) =>
    word('override', language, { field, value: written(value), by, at: shownMoment(Date.parse(at), nowMs) }),
  );
  return [
    ...(pausedHere && process.paused !== null ? [pauseText(process.paused, nowMs, language)] : []),
    ...(process.why === null ? [] : [inLanguage(process.why, language)]),
    // What is well talks all the time; it is shown where somebody asks about just that.
    ...(showsSlots && process.says !== null ? [word('says', language, { text: process.says })] : []),
    ...overrides,
  ];
}

function headLines({ engine, groups }: Status, view: StatusView): string[] {
  const { language } = view;
  const up = lasted(view.nowMs - Date.parse(engine.startedAt));
  const problems =
    engine.problems.length === 0
      ? []
      : [word('problems', language, { count: engine.problems.length }), ...engine.problems.map(formatProblem)];
  return [
    word('engine', language, {
      host: engine.host,
      instance: engine.instance,
      version: engine.version,
      pid: engine.pid,
      up,
    }),
    ...(groups.length === 0 ? [] : [censusText(groups, language)]),
    ...problems.map((line) => paint(clean(line), 'fatal', view.hasColours)),
  ];
}

/** `7 processes: 5 running, 1 fatal, 1 paused` */
function censusText(groups: readonly GroupStatus[], language: Language): string {
  const all = groups.flatMap((group) => group.processes);
  const counts = Map.groupBy(all, (process) => (process.stalled === null ? process.state : 'stalled'));
  const words = [...counts].map(([state, found]) =>
    word('census', language, {
      count: found.length,
      word: state === 'stalled' ? word('stalledCount', language) : stateWord(state, language),
    }),
  );
  const paused = all.filter((process) => process.paused !== null).length;
  if (paused > 0) words.push(word('census', language, { count: paused, word: word('pausedCount', language) }));
  return `${word('processes', language, { count: all.length })}${words.length === 0 ? '' : `: ${words.join(word('comma', language))}`}`;
}

/** The leftmost of those that may go when the terminal is narrow stays longest. */
function allColumns({ language, hasColours }: StatusView, hasTimers: boolean): readonly Column<Row>[] {
  const right = (title: 'pid' | 'up' | 'stall' | 'cpu' | 'memory'): Column<Row> => ({
    title: word(title, language),
    align: 'right',
    mayGo: true,
    text: (row) => row[title],
  });
  return [
    { title: word('name', language), align: 'left', text: (row) => clean(row.name) },
    {
      title: word('state', language),
      align: 'left',

      text: (row) => clean(row.state),
      paint: (row, text) => paint(text, row.tone, hasColours),
    },
    right('pid'),
    right('up'),
    { title: word('restarts', language), align: 'right', text: (row) => row.restarts },
    ...(hasTimers ? [right('stall')] : []),
    right('cpu'),
    right('memory'),
  ];
}

function noteLines(notes: readonly string[], view: StatusView): string[] {
  const width = Math.max(20, (view.columns ?? Number.POSITIVE_INFINITY) - 4);
  return notes.flatMap((note) => fold(clean(note), width)).map((line) => `    ${paint(line, 'dim', view.hasColours)}`);
}

const tones: Readonly<Record<ProcessState, Tone>> = {
  stopped: 'dim',
  waiting: 'busy',
  starting: 'busy',
  running: 'good',
  stopping: 'busy',
  backoff: 'warning',
  exited: 'dim',
  fatal: 'fatal',
};

const groupTones = {
  up: 'good',
  degraded: 'warning',
  down: 'dim',
  recovering: 'busy',
  fatal: 'fatal',
} as const satisfies Readonly<Record<GroupStatus['state'], Tone>>;

function toneOf(process: ProcessStatus): Tone {
  if (process.stalled !== null) return 'stalled';
  return process.state === 'running' && !isWell(process) ? 'warning' : tones[process.state];
}

/** `output 5:04/5:00` */
function stallText({ stall }: ProcessStatus): string {
  const nearest = nearestToLimit(stall);
  return nearest === undefined ? '' : `${nearest.rule} ${stopwatch(nearest.elapsedMs)}/${stopwatch(nearest.limitMs)}`;
}

function youngest(instances: readonly InstanceStatus[], nowMs: number): string {
  if (instances.length === 0) return '';
  return lasted(nowMs - Math.max(...instances.map(({ startedAt }) => Date.parse(startedAt))));
}

function written(value: WrittenValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
