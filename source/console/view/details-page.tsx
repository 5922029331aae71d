import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ProcessStatus } from '../../engine/status.ts';
import { lasted } from '../../format/duration.ts';
import { find, type Subject } from '../action/subject.ts';
import { conditionOfSlot } from '../condition.ts';
import { clock, moment } from '../format/clock.ts';
import type { DetailsScreen, Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { stateWord } from './cells.ts';
import { headline } from './details/headline.ts';
import { facts, lastMinutes } from './facts.ts';
import { groupPage } from './group-page.ts';
import { history } from './history.ts';
import { fitLine, type Line } from './line.ts';
import { Rows } from './row.tsx';
import { shaded } from './shaded.ts';
import { Table, tableHeight } from './table.tsx';

const TWO_COLUMNS_FROM = 120;
const MOST_SLOTS = 8;
const LEAST_PAST_ROWS = 2;

/** A table among lines: Ink lays it out. */
interface Slots {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the page of a process is made of. */
interface Parts {
  readonly title: readonly Line[];
  readonly about: readonly Line[];
  /** Null: it has one slot only, or there is no room for more. */
  readonly slots: Slots | null;
  readonly past: readonly Line[];
  /** Of what stands on the left of `past`; null: above it. */
  readonly leftWidth: number | null;
}

interface Wanted {
  readonly model: Model;
  readonly screen: DetailsScreen;
  readonly height: number;
}

/** One group, or one process, as lines alone; null: a table is among them, and the page is drawn as a whole. */
export function detailsLines({ model, screen, height }: Wanted): readonly Line[] | null {
  const subject = find(model, screen.target);
  if (subject === undefined) return [];
  if (subject.is === 'group') return groupPage(subject, model, height);
  const { title, about, slots, past, leftWidth } = partsOf(subject, { model, screen, height });
  if (slots !== null) return null;
  if (leftWidth === null) return [...title, [], ...about, ...past];
  const besides = Array.from({ length: Math.max(about.length, past.length) }, (_, at) => [
    ...fitLine(about[at] ?? [], leftWidth, ''),
    ...(past[at] ?? []),
  ]);
  return [...title, [], ...besides];
}

/** One process with a table of its slots: what is known of it, and what it did and said; side by side where there is room. */
export function DetailsPage({ model, screen, height }: Wanted): ReactElement | null {
  const subject = find(model, screen.target);
  if (subject?.is !== 'process') return null;
  const { theme, ascii } = model;
  const { title, about, slots, past, leftWidth } = partsOf(subject, { model, screen, height });
  const shade = (lines: readonly Line[]) => shaded(lines, model);
  const left = (
    <>
      <Rows lines={shade(about)} theme={theme} />
      {slots !== null && (
        <Box marginLeft={1}>
          <Table {...slots} theme={theme} ascii={ascii} />
        </Box>
      )}
    </>
  );
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      <Rows lines={shade([...title, []])} theme={theme} />
      {leftWidth === null ? (
        <>
          {left}
          <Rows lines={shade(past)} theme={theme} />
        </>
      ) : (
        <Box>
          <Box flexDirection="column" width={leftWidth}>
            {left}
          </Box>
          <Box flexDirection="column">
            <Rows lines={shade(past)} theme={theme} />
          </Box>
        </Box>
      )}
    </Box>
  );
}

function partsOf(subject: Extract<Subject, { is: 'process' }>, { model, screen, height }: Wanted): Parts {
  const { columns } = model.size;
  const isWide = columns >= TWO_COLUMNS_FROM;
  const leftWidth = isWide ? Math.floor(columns / 2) : columns;
  const ellipsis = glyph('ellipsis', model.ascii);
  const { group, process } = subject;
  const fitted = (lines: readonly Line[], width: number) => lines.map((line) => fitLine(line, width, ellipsis));
  const title = fitted(headline(process, group.name, screen.parameters, model), columns);
  const known = fitted(facts(subject, screen, model, leftWidth), leftWidth - 1);
  const rightWidth = columns - (isWide ? leftWidth : 0);
  const lately = fitted(lastMinutes(screen, model, leftWidth), leftWidth - 1);
  const room = height - title.length - 1;
  const rows = process.slots.length > 1 ? slotRows(process, model, room - known.length - lately.length) : [];
  const tableRows = rows.length === 0 ? 0 : tableHeight(rows.length);
  // What does not fit gives way to what happened and was said last; the picture of the last minutes goes first.
  const most = isWide ? room : Math.max(0, room - tableRows - LEAST_PAST_ROWS);
  const about = known.length + lately.length <= most ? [...known, ...lately] : known.slice(0, most);
  const pastHeight = room - (isWide ? 0 : about.length + tableRows);
  const past = history(model, screen.target, screen.output, rightWidth, Math.max(0, pastHeight));
  const slots = rows.length === 0 ? null : { heads: slotHeads(model), rows };
  return { title, about, slots, past, leftWidth: isWide ? leftWidth : null };
}

function slotHeads(model: Model): readonly string[] {
  return [
    say(model, 'slot'),
    say(model, 'state'),
    say(model, 'since'),
    'PID',
    say(model, 'column-up'),
    say(model, 'column-restarts'),
  ];
}

/** Those that need a person first, as many as there is room for. */
function slotRows(process: ProcessStatus, model: Model, room: number): string[][] {
  const { slots, instances } = process;
  const count = Math.max(0, Math.min(slots.length, MOST_SLOTS, room - tableHeight(0) - 4));
  const ordered = [...slots].sort((a, b) => Number(a.state === 'running') - Number(b.state === 'running'));
  return ordered.slice(0, count).map((slot) => {
    const instance = instances.find((one) => one.slot === slot.slot);
    const since = Date.parse(slot.since);
    return [
      `#${slot.slot}`,
      `${glyph(conditionOfSlot(slot), model.ascii)} ${stateWord(slot.state, slot, model)}`,
      model.nowMs - since < 24 * 3_600_000 ? clock(since) : moment(since, model.nowMs, model.language),
      instance === undefined ? '' : String(instance.pid),
      instance === undefined ? '' : lasted(model.nowMs - Date.parse(instance.startedAt)),
      say(model, 'restarts', { count: slot.restarts, limit: process.restarts.limit }),
    ];
  });
}
