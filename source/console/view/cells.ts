import type { GroupStatus, PauseStatus, ProcessStatus } from '../../engine/status.ts';
import { memory, percent } from '../../format/amount.ts';
import { lasted, stopwatch } from '../../format/duration.ts';
import { type ColumnName, columnsFor, hasNoteColumn } from '../columns.ts';
import { conditionOf, conditionOfGroup, conditionOfSlot } from '../condition.ts';
import { minuteOf, moment } from '../format/clock.ts';
import { leftFor } from '../format/left-for.ts';
import type { Model } from '../model.ts';
import type { GroupRow, ProcessRow, Row, SlotRow } from '../rows/row.ts';
import { type Condition, glyph, type Tone } from '../theme.ts';
import { say } from '../words/text.ts';
import { withLastNotice } from './last-notice.ts';
import { type Line, lineWidth, type Span, span } from './line.ts';
import { noteOf } from './note.ts';
import { ruleName, shownTimer } from './timers.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands in each column of a row. A column that is missing is empty. */
export type Cells = Partial<Record<ColumnName, Line>>;

export function cellsOf(row: Row, model: Model): Cells {
  switch (row.is) {
    case 'group':
      return groupCells(row, model);
    case 'process':
      return processCells(row, model);
    case 'slot':
      return slotCells(row, model);
  }
}

function groupCells({ name, group, folded }: GroupRow, model: Model): Cells {
  const count = folded ? [span(` (${group.processes.length})`, 'dim')] : [];
  const living = group.processes.filter((process) => process.instances.length > 0);
  return {
    name: [span(name, 'bright'), ...count],
    state: [...groupState(group, folded, model, pauseWidth(model)), ...pendingMark(name, model)],
    note: [span(group.paused === null ? groupNote(group, model) : '', 'dim')],
    restarts: folded && group.paused === null ? restartsCell(highest(group.processes), model) : [],
    ...usage(
      living.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0),
      living.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
      living.length > 0,
    ),
  };
}

/** A strategy that takes others along is worth its place; that each is restarted alone is the rule. */
function groupNote({ strategy, description }: GroupStatus, model: Model): string {
  const words = [strategy === 'one-for-one' ? '' : strategy, description].filter((text) => text !== '');
  return words.join(` ${glyph('separator', model.ascii)} `);
}

/** The sign stands where the members cannot show theirs, and where a person is needed. */
export function groupState(group: GroupStatus, folded: boolean, model: Model, room = Number.POSITIVE_INFINITY): Line {
  if (group.paused !== null) {
    // That it is not well must be seen although nothing is done about it.
    const own = group.state === 'up' ? [] : [...groupState({ ...group, paused: null }, true, model), span('  ')];
    const sign = span(`${glyph('paused', model.ascii)} `, 'paused');
    const whole = [...own, sign, ...pauseNote(group.paused, model, 'whole')];
    return lineWidth(whole) <= room ? whole : [...own, sign, ...pauseNote(group.paused, model)];
  }
  const condition = conditionOfGroup(group);
  const isCalm = group.state === 'up' || group.state === 'down';
  const sign = folded || group.state === 'fatal' ? [span(`${glyph(condition, model.ascii)} `, condition)] : [];
  const word = say(model, group.state === 'fatal' ? 'group-fatal' : group.state);
  return [...sign, span(word, isCalm ? 'dim' : condition === 'running' ? 'plain' : condition)];
}

function processCells({ name, group, process, slots }: ProcessRow, model: Model): Cells {
  const [first] = process.instances;
  const isOne = process.expected === 1 && process.slots.length <= 1 && process.instances.length <= 1;
  const oldest = process.instances.reduce(
    (least, { startedAt }) => Math.min(least, Date.parse(startedAt)),
    Number.POSITIVE_INFINITY,
  );
  const times = process.expected > 1 ? [span(` ${glyph('times', model.ascii)}${process.expected}`, 'dim')] : [];
  // A pause of the whole group stands in the group's row; its members bear the sign alone.
  // Where its timer has no column, a stalled process needs the place of its pid more.
  const isTold = conditionOf(process) === 'stalled' && !hasNoteColumn(model.size.columns, model.list.hidden);
  const ownPause = group.paused !== null && process.paused?.until === group.paused.until ? null : process.paused;
  return {
    name: [
      span(`  ${process.name}`, NEEDS_A_PERSON.has(conditionOf(process)) ? 'bright' : 'plain'),
      ...times,
      ...(slots === 'shown' ? [span(` ${glyph('unfolded', model.ascii)}`, 'dim')] : []),
    ],
    state: [
      ...(isTold ? stalledCell(process, model) : stateCell(process, model)),
      ...pauseMark(process.paused, model),
      ...pendingMark(name, model),
    ],
    pid: first === undefined || isTold ? [] : [span(isOne ? String(first.pid) : livingShare(process), 'dim')],
    up: first === undefined || isTold ? [] : [span(lasted(model.nowMs - oldest), 'dim')],
    restarts: restartsCell(process, model),
    note: isTold
      ? []
      : withLastNotice(
          ownPause === null ? noteOf(process, group.name, model) : pauseNote(ownPause, model, 'short'),
          name,
          model,
        ),
    ...usage(process.cpuPercent, process.memoryBytes, first !== undefined),
  };
}

/** `▲ stalled: output 5:04` */
function stalledCell(process: ProcessStatus, model: Model): Span[] {
  const timer = shownTimer(process);
  const rule = ruleName(process.stalled?.rule ?? '', model);
  const time = timer === undefined ? '' : stopwatch(timer.elapsedMs);
  return [
    span(`${glyph('stalled', model.ascii)} `, 'stalled'),
    span(say(model, 'stalled-by', { rule, time }).trimEnd(), 'stalled'),
  ];
}

/** Of several, where the state says something else than how many there are. */
function livingShare({ state, instances, expected }: ProcessStatus): string {
  return state === 'running' || state === 'stopped' ? '' : `${instances.length}/${expected}`;
}

function slotCells({ process, slot }: SlotRow, model: Model): Cells {
  const instance = process.instances.find((one) => one.slot === slot.slot);
  const condition = conditionOfSlot(slot);
  const { limit } = process.restarts;
  return {
    name: [span(`    #${slot.slot}`, 'dim')],
    state: [
      span(`${glyph(condition, model.ascii)} `, condition),
      span(stateWord(slot.state, slot, model), wordTone(condition)),
    ],
    pid: instance === undefined ? [] : [span(String(instance.pid), 'dim')],
    up: instance === undefined ? [] : [span(lasted(model.nowMs - Date.parse(instance.startedAt)), 'dim')],
    restarts: restartsCell({ restarts: { ...process.restarts, count: slot.restarts, limit } }, model),
  };
}

export function stateCell(process: ProcessStatus, model: Model): Span[] {
  const condition = conditionOf(process);
  const sign = span(`${glyph(condition, model.ascii)} `, condition);
  if (condition === 'stalled') return [sign, span(say(model, 'stalled'), 'stalled')];
  if (process.state === 'running' && (process.expected > 1 || process.instances.length > 1))
    return [sign, countSpan(process, model)];
  const slot = process.slots.find(({ state }) => state === process.state) ?? process.slots[0];
  return [
    sign,
    span(
      slot === undefined ? say(model, process.state, { left: '' }) : stateWord(process.state, slot, model),
      wordTone(condition),
    ),
  ];
}

/** Of an entry that is found, however many there are, as many live; of one that is started, as many slots run. */
function countSpan(process: ProcessStatus, model: Model): Span {
  const { expected, instances, slots } = process;
  const ready = slots.length > 1 ? slots.filter(({ state }) => state === 'running').length : instances.length;
  const text = ready > expected ? say(model, 'count-open', { ready }) : say(model, 'count', { ready, expected });
  return span(text, ready < expected ? 'backoff' : wordTone(conditionOf(process)));
}

/** The word, with the time that belongs to it: what is left of a backoff, when it was given up. */
export function stateWord(
  state: ProcessStatus['state'],
  slot: { readonly since: string; readonly nextAt: string | null },
  model: Model,
): string {
  if (state === 'backoff') {
    const remaining = slot.nextAt === null ? 0 : Date.parse(slot.nextAt) - model.nowMs;
    return remaining > 0 ? say(model, 'backoff', { left: leftFor(model, remaining) }) : say(model, 'backoff-now');
  }
  if (state === 'fatal') return say(model, 'fatal-at', { time: minuteOf(Date.parse(slot.since)) });
  return say(model, state);
}

const NEEDS_A_PERSON: ReadonlySet<Condition> = new Set(['backoff', 'stalled', 'fatal']);

/** What is well is dim; what needs a person has its colour. */
function wordTone(condition: ReturnType<typeof conditionOf>): Tone {
  return condition === 'running' || condition === 'stopped' ? 'dim' : condition;
}

function restartsCell({ restarts }: Pick<ProcessStatus, 'restarts'>, model: Model): Line {
  const { count, limit, within } = restarts;
  if (count === 0) return [span('0', 'dim')];
  const tone: Tone = count >= limit ? 'backoff' : 'plain';
  const forms: readonly Line[] = [
    [span(say(model, 'restarts', { count, limit }), tone), span(` ${within}`, 'dim')],
    [span(`${count}/${limit}`, tone), span(` ${within}`, 'dim')],
    [span(`${count}/${limit}`, tone)],
  ];
  const width = columnsFor(model.size.columns, model.list.hidden).find(({ name }) => name === 'restarts')?.width ?? 0;
  return forms.find((form) => lineWidth(form) <= width) ?? forms.at(-1) ?? [];
}

function highest(processes: readonly ProcessStatus[]): Pick<ProcessStatus, 'restarts'> {
  const none = { restarts: { count: 0, limit: 0, within: '', nextFreeAt: null } };
  return processes.reduce<Pick<ProcessStatus, 'restarts'>>(
    (most, one) => (one.restarts.count > most.restarts.count ? one : most),
    none,
  );
}

function usage(cpuPercent: number, memoryBytes: number, isLiving: boolean): Cells {
  if (!isLiving) return {};
  return {
    cpu: [span(percent(cpuPercent), cpuPercent < 0.05 ? 'dim' : 'plain')],
    memory: [span(memory(memoryBytes), 'dim')],
  };
}

function pauseMark(paused: PauseStatus | null, model: Model): Span[] {
  return paused === null ? [] : [span(` ${glyph('paused', model.ascii)}`, 'paused')];
}

/** What runs on over the columns to its right, up to the first that a paused group fills. */
function pauseWidth({ size, list }: Model): number {
  const columns = columnsFor(size.columns, list.hidden).slice(1);
  const end = columns.findIndex(({ name }) => name === 'cpu' || name === 'memory');
  const free = end < 0 ? columns : columns.slice(0, end);
  return free.reduce((sum, { gap, width }) => sum + gap + width, 0) - (free[0]?.gap ?? 0);
}

/** `short`: what matters most comes first, and of a time within a day the day is not said. `whole`: with the word for it. */
export function pauseNote(paused: PauseStatus, model: Model, how: 'usual' | 'short' | 'whole' = 'usual'): Line {
  const { by } = paused;
  const untilMs = paused.until === null ? null : Date.parse(paused.until);
  const isSoon = how !== 'usual' && untilMs !== null && untilMs - model.nowMs < DAY_MS;
  const until = untilMs === null ? '' : isSoon ? minuteOf(untilMs) : moment(untilMs, model.nowMs, model.language);
  const key = untilMs === null ? 'paused-open' : 'paused-by';
  const text = say(model, how === 'usual' ? key : `${key}-${how}`, { by, until });
  return [span(paused.why === '' ? text : `${text}: ${paused.why}`, 'paused')];
}

function pendingMark(name: string, model: Model): Span[] {
  return model.pending[name] === undefined ? [] : [span(` ${glyph('pending', model.ascii)}`, 'accent')];
}
