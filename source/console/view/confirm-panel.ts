import { lasted } from '../../format/duration.ts';
import { lastTook } from '../action/last-time.ts';
import { blastRadius, type Dependant } from '../action/stop-order.ts';
import { find, membersOf } from '../action/subject.ts';
import { wrap } from '../format/width.ts';
import type { Dialog, Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say, type TextKey } from '../words/text.ts';
import { stateCell } from './cells.ts';
import { type Line, span } from './line.ts';
import { namesOf } from './targets.ts';

type ConfirmDialog = Extract<Dialog, { is: 'confirm' }>;

/** What stops in which order, who depends on it from outside and what becomes of them, and how long it took last time. */
export function confirmPanel(model: Model, dialog: ConfirmDialog, height: number): readonly Line[] {
  const { order: all, dependants } = blastRadius(model, dialog.targets);
  const order = all.filter((name) => lives(name, model));
  const width = model.size.columns - 4;
  const title = say(model, dialog.verb === 'stop' ? 'stop-title' : 'restart-title', {
    target: targetWithState(model, dialog.targets),
  });
  const count =
    order.length <= 1 ? '' : say(model, 'in-this-order', { count: say(model, 'processes', { count: order.length }) });
  const lines: Line[] = [[span(` ${title}  `, 'bright'), span(count, 'dim')]];
  const names = order.map((name) => nameWithCount(model, name)).join(` ${glyph('arrow', model.ascii)} `);
  const asides = [strategyNote(model, dialog), lastTime(model, dialog, order)].filter((text) => text !== '');
  const below = (dependants.length > 0 ? 2 : 0) + asides.length;
  if (order.length > 1)
    lines.push(
      ...shortened(wrap(names, width), Math.max(1, height - 1 - below), model).map((text) => [span(`   ${text}`)]),
    );
  if (dependants.length > 0) {
    const fates = dependants.map((one) => fateOf(one, model)).join(', ');
    const text = say(model, 'depends-on-it', { names: fates });
    lines.push(...shortened(wrap(text, width), 2, model).map((one): Line => [span(` ${one}`, 'backoff')]));
  }
  return [...lines, ...asides.flatMap((text) => wrap(text, width)).map((text): Line => [span(` ${text}`, 'dim')])];
}

/** `oddities/clock (running, pid 1517)`: whoever asked for another one sees it now. */
function targetWithState(model: Model, targets: readonly string[]): string {
  const names = namesOf(model, targets);
  const [only] = targets;
  const subject = targets.length === 1 && only !== undefined ? find(model, only) : undefined;
  if (subject?.is !== 'process') return names;
  const { process, slot } = subject;
  const living = process.instances.filter((one) => slot === null || one.slot === slot);
  const state = stateCell(process, model)
    .slice(1)
    .map(({ text }) => text)
    .join('');
  const [first] = living;
  return `${names} (${first !== undefined && living.length === 1 ? `${state}, pid ${first.pid}` : state})`;
}

/** `mail/notifier (runs on without it)` */
function fateOf({ name, fate }: Dependant, model: Model): string {
  return `${name} (${say(model, FATES[fate])})`;
}

const FATES: Readonly<Record<Dependant['fate'], TextKey>> = { 'runs-on': 'fate-runs-on', waits: 'fate-waits' };

/** What the strategy of a group does on such an order; where each is on its own there is nothing to say. */
function strategyNote(model: Model, { verb, targets }: ConfirmDialog): string {
  const subjects = targets.flatMap((target) => find(model, target) ?? []);
  const tied = subjects.find(({ group }) => group.strategy !== 'one-for-one');
  if (verb !== 'restart' || tied === undefined) return '';
  const { strategy } = tied.group;
  if (tied.is === 'process') return say(model, 'strategy-not-now', { strategy });
  return strategy === 'one-for-all' ? say(model, 'strategy-from-the-ground', { strategy }) : '';
}

function lastTime(model: Model, { verb, targets }: ConfirmDialog, order: readonly string[]): string {
  const [target] = targets;
  if (target === undefined || targets.length > 1) return '';
  const tookMs = lastTook(model, verb, target, order);
  return tookMs === null ? '' : say(model, 'took-last-time', { time: tookMs < 1000 ? `${tookMs}ms` : lasted(tookMs) });
}

function lives(name: string, model: Model): boolean {
  const subject = find(model, name);
  return subject !== undefined && membersOf(subject).some(({ instances }) => instances.length > 0);
}

function nameWithCount(model: Model, name: string): string {
  const subject = find(model, name);
  const expected = subject === undefined ? 1 : (membersOf(subject)[0]?.expected ?? 1);
  return expected > 1 ? `${name} ${glyph('times', model.ascii)}${expected}` : name;
}

function shortened(lines: readonly string[], count: number, model: Model): readonly string[] {
  if (lines.length <= count) return lines;
  return [...lines.slice(0, Math.max(0, count - 1)), glyph('ellipsis', model.ascii)];
}
