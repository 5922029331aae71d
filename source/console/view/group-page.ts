import { blastRadius } from '../action/stop-order.ts';
import type { Subject } from '../action/subject.ts';
import { columnsFor } from '../columns.ts';
import { fitText, wrap } from '../format/width.ts';
import type { Model } from '../model.ts';
import { glyph, type Tone } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { groupState, pauseNote } from './cells.ts';
import { fitLine, type Line, span } from './line.ts';
import { columnHeads, rowLine } from './list.ts';
import { noticeRow } from './notices.ts';

const LABEL_WIDTH = 11;
const MOST_NOTICES = 6;

/** One group: how it restarts and what follows when that does not help, its members, what happened to it. */
export function groupPage({ group }: Extract<Subject, { is: 'group' }>, model: Model, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const known = facts(group, model).map((line) => fitLine(line, columns, ellipsis));
  const own = model.notices.filter((line) => line.group === group.name).slice(-MOST_NOTICES);
  // Members come first; what is left is for notices, which the list has too.
  const noticeRows = Math.min(own.length, Math.max(0, height - known.length - group.processes.length - 2));
  const room = Math.max(0, height - known.length - 1 - (noticeRows > 0 ? noticeRows + 1 : 0));
  const lines: Line[] = [
    ...known,
    columnHeads(columnsFor(columns, model.list.hidden), model),
    ...memberLines(group, model, room),
  ];
  if (noticeRows > 0) {
    const heading = [
      span(` ${say(model, 'notices')} `, 'dim'),
      span(glyph('rule', model.ascii).repeat(columns), 'dim'),
    ] as const;
    lines.push(fitLine(heading, columns, glyph('rule', model.ascii)));
    lines.push(
      ...own
        .slice(-noticeRows)
        .reverse()
        .map((line) => noticeRow(line, model, columns)),
    );
  }
  while (lines.length < height) lines.push([]);
  return lines.slice(0, height);
}

type Group = Extract<Subject, { is: 'group' }>['group'];

function facts(group: Group, model: Model): Line[] {
  const count = say(model, group.processes.length === 1 ? 'process-one' : 'processes', {
    count: group.processes.length,
  });
  const lines: Line[] = [
    [
      span(` ${group.name}  `, 'bright'),
      ...groupState({ ...group, paused: null }, true, model),
      span(`   ${count}`, 'dim'),
    ],
    [],
  ];
  const add = (label: TextKey, text: string, tone: Tone = 'plain'): void => {
    for (const [at, part] of wrap(text, model.size.columns - LABEL_WIDTH - 3).entries()) {
      const name = at === 0 ? say(model, label) : '';
      lines.push([span(` ${fitText(name, LABEL_WIDTH, '')}`, 'dim'), span(part, tone)]);
    }
  };
  if (group.description !== '') add('about', group.description);
  if (group.paused !== null)
    lines.push([span(` ${fitText(say(model, 'paused'), LABEL_WIDTH, '')}`, 'dim'), ...pauseNote(group.paused, model)]);
  add('strategy', `${group.strategy}: ${say(model, `strategy-${group.strategy}`)}`);
  add('escalation', `${group.escalation}: ${say(model, escalationKey(group.escalation))}`);
  const { order, dependants } = blastRadius(model, [group.name]);
  if (order.length > 1)
    add('stop-order', order.map((name) => name.slice(group.name.length + 1)).join(` ${glyph('arrow', model.ascii)} `));
  if (dependants.length > 0) add('needed-by', dependants.map(({ name }) => name).join(', '));
  return [...lines, []];
}

/** What follows the first word (`run: /usr/local/bin/tell`) is the profile's own. */
function escalationKey(escalation: string): TextKey {
  const [word = ''] = escalation.split(':');
  return ESCALATIONS[word] ?? 'escalation-unknown';
}

const ESCALATIONS: Readonly<Record<string, TextKey>> = {
  continue: 'escalation-continue',
  exit: 'escalation-exit',
  failover: 'escalation-failover',
  run: 'escalation-run',
  plugin: 'escalation-plugin',
  reboot: 'escalation-reboot',
};

/** As they stand in the list; what there is no room for is counted. */
function memberLines(group: Group, model: Model, room: number): Line[] {
  const columns = columnsFor(model.size.columns, model.list.hidden);
  const fits = group.processes.length <= room ? group.processes.length : Math.max(0, room - 1);
  const lines = group.processes.slice(0, fits).map((process) => {
    const name = `${group.name}/${process.name}`;
    const slots = process.slots.length > 1 ? ('hidden' as const) : ('none' as const);
    return rowLine({ is: 'process', name, group, process, slots }, columns, model, false);
  });
  const rest = group.processes.length - fits;
  return rest === 0 ? lines : [...lines, [span(`    ${say(model, 'more-below', { count: rest })}`, 'dim')]];
}
