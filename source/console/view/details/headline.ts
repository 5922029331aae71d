import type { Parameter } from '../../../engine/parameter.ts';
import type { ProcessStatus } from '../../../engine/status.ts';
import { memory, percent } from '../../../format/amount.ts';
import { lasted, stopwatch } from '../../../format/duration.ts';
import { written } from '../../format/value.ts';
import type { Model } from '../../model.ts';
import { glyph } from '../../theme.ts';
import { say } from '../../words/text.ts';
import { stateCell } from '../cells.ts';
import { type Line, type Span, span } from '../line.ts';
import { wholeRuleName } from '../timers.ts';

/** Name and state, and how it stands now; below it what it is: its command, where, as whom. */
export function headline(
  process: ProcessStatus,
  group: string,
  parameters: readonly Parameter[] | null,
  model: Model,
): readonly Line[] {
  const [first] = process.instances;
  const known: string[] = [];
  if (first !== undefined && process.expected === 1 && process.instances.length === 1) known.push(`pid ${first.pid}`);
  if (first !== undefined)
    known.push(say(model, 'engine-up', { time: lasted(model.nowMs - Date.parse(first.startedAt)) }));
  if (first !== undefined) known.push(`CPU ${percent(process.cpuPercent)}`, memory(process.memoryBytes));
  return [
    [
      span(` ${group}/${process.name}  `, 'bright'),
      ...(process.stalled === null ? stateCell(process, model) : stalledFor(process.stalled, model)),
      span(`   ${known.join('   ')}`, 'dim'),
    ],
    [span(` ${say(model, `kind-${process.kind}`)}${identity(parameters ?? [], model)}`, 'dim')],
  ];
}

/** How long it has been so, and by which rule, is what one comes for. */
function stalledFor({ rule, since }: NonNullable<ProcessStatus['stalled']>, model: Model): Span[] {
  const time = stopwatch(model.nowMs - Date.parse(since));
  return [
    span(
      `${glyph('stalled', model.ascii)} ${say(model, 'stalled-for', { time })}: ${wholeRuleName(rule, model)}`,
      'stalled',
    ),
  ];
}

/** In the order in which they are told; what a process does not have is left out. */
const TOLD = ['command', 'service', 'match.executable', 'match.arguments', 'match.pidFile'] as const;

/** `: node server.js   in /srv/shop   as shop` */
function identity(parameters: readonly Parameter[], model: Model): string {
  const textOf = (field: string): string | null => {
    const value = parameters.find((one) => one.field === field)?.current ?? null;
    if (value === null) return null;
    return Array.isArray(value) ? value.map((word) => String(word)).join(' ') : written(value);
  };
  const what = TOLD.flatMap((field) => textOf(field) ?? []).join(' ');
  const directory = textOf('directory');
  const user = textOf('user') ?? textOf('match.user');
  return [
    what === '' ? '' : `: ${what}`,
    directory === null ? '' : `   ${say(model, 'in-directory', { directory })}`,
    user === null ? '' : `   ${say(model, 'as-user', { user })}`,
  ].join('');
}
