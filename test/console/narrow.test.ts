// What must not be cut off on 80 columns.
import { expect, test } from 'vitest';
import { find } from '../../source/console/action/subject.ts';
import { areasOf } from '../../source/console/layout.ts';
import type { Message } from '../../source/console/message.ts';
import { evidence } from '../../source/console/view/evidence.ts';
import { facts } from '../../source/console/view/facts.ts';
import { fitLine, lineWidth } from '../../source/console/view/line.ts';
import { list } from '../../source/console/view/list.ts';
import { panel } from '../../source/console/view/panel.ts';
import { parameters as parametersPage } from '../../source/console/view/parameters.ts';
import { incidents } from './evidence.ts';
import { group, parameters, process_, status } from './fixtures.ts';
import { openModel, told } from './session.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const start = openModel({ size: { columns: 80, rows: 24 }, embedded: true });

test('the ways out of the console', () => {
  expect(
    panel(told(start, 'q').model, 8)
      .map(lineWidth)
      .every((width) => width <= 80),
  ).toBe(true);
});

test('who has changed a parameter, and that it is not saved', () => {
  const { model } = told(start, 'down', 'down', 'e', { is: 'parameters', target: 'shop/api', parameters });
  if (model.screen.is !== 'parameters') throw new Error('no parameters');
  expect(parametersPage(model, model.screen, 20).map(text).join('\n')).toContain('by ops2 11:20, not saved');
});

test('on the details, too', () => {
  const { model } = told({ ...start, size: { columns: 120, rows: 40 } }, ...['down', 'down', 'enter'], {
    is: 'parameters',
    target: 'shop/api',
    parameters,
  });
  const subject = find(model, 'shop/api');
  if (model.screen.is !== 'details' || subject?.is !== 'process') throw new Error('no details');
  expect(facts(subject, model.screen, model, 50).map(text).join(' ')).toContain('by ops2 11:20, not saved');
});

test.each([
  [80, '7/1000 24h'],
  [120, '7 of 1000 24h'],
])('at %i columns restarts are told as %s', (columns, told_) => {
  const many: Message = {
    is: 'changed',
    whole: true,
    engine: status.engine,
    groups: [
      group('farm', [
        process_('cow', 'running', { restarts: { count: 7, limit: 1000, within: '24h', nextFreeAt: null } }),
      ]),
    ],
  };
  const { model } = told({ ...start, size: { columns, rows: 24 } }, many);
  expect(list(model, 10).map(text).join('\n')).toContain(told_);
});

test('the reason of the incident under the cursor stands below the list of them', () => {
  const told_ = { is: 'incidents', target: '*', incidents: incidents(null) } as const;
  const { model } = told(start, 'E', 'a', told_, 'down');
  if (model.screen.is !== 'evidence') throw new Error('no evidence');
  const lines = evidence(model, model.screen, 21).map((line) => text(fitLine(line, 80, '…')));
  expect(lines.slice(-2).join(' ')).toContain('#28 shop/api: killed by SIGSEGV  (ffee0102 SIGSEGV in cart_free)');
});

test('the smallest list has a row that tells how many are hidden', () => {
  expect(areasOf({ columns: 60, rows: 15 }, 0)).toMatchObject({ list: 10, notices: 0 });
});

test('columns that are wanted and have no room say so, until another makes room', () => {
  const lines = (keys: readonly string[]) =>
    panel(told(start, ...keys).model, 8)
      .map(text)
      .join(' ');
  expect(lines(['O'])).toContain('[x] STALL, NOTE (no room)');
  expect(lines(['O'])).not.toContain('CPU (no room)');
  expect(lines(['O', ' ', 'right', ' ', 'right', 'right', 'right', ' '])).not.toContain('(no room)');
});

test('what waits for a process that somebody has stopped says so', () => {
  const waiting: Message = {
    is: 'changed',
    whole: true,
    engine: status.engine,
    groups: [
      group('batch', [
        process_('import', 'stopped'),
        process_('report', 'waiting', {
          dependsOn: [{ name: 'batch/import', condition: 'completed', holds: false }],
        }),
      ]),
    ],
  };
  expect(list(told(start, waiting).model, 10).map(text).join('\n')).toContain('import stopped ');
  const wide = told({ ...start, size: { columns: 120, rows: 24 } }, waiting).model;
  expect(list(wide, 10).map(text).join('\n')).toContain('import is stopped');
});
