import { expect, test } from 'vitest';
import type { Message } from '../../source/console/message.ts';
import { update } from '../../source/console/update.ts';
import { bar } from '../../source/console/view/bar.ts';
import { list } from '../../source/console/view/list.ts';
import { panel } from '../../source/console/view/panel.ts';
import { ago, group, process_, status } from './fixtures.ts';
import { openModel, told } from './session.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const sized = (columns: number) => openModel({ size: { columns, rows: 24 } });

const pause = { by: 'root', why: 'disk swap', until: ago(-3600) };
const broken: Message = {
  is: 'changed',
  whole: true,
  engine: status.engine,
  groups: [
    group('disks', [process_('one', 'fatal', { paused: pause }), process_('two', 'running', { paused: pause })], {
      state: 'fatal',
      paused: pause,
    }),
  ],
};

test.each([
  [80, '✖ fatal  ⏸ root, until 14:02: disk swap'],
  [120, '✖ fatal  ⏸ paused by root until 14:02: disk swap'],
])('at %i columns the row of a paused group says by whom, and that it is not well', (columns, row) => {
  expect(
    list(told(sized(columns), broken).model, 10)
      .map(text)
      .join('\n'),
  ).toContain(row);
});

test('the word stands there as soon as there is room', () => {
  const lines = list(sized(80), 18).map(text).join('\n');
  expect(lines).toContain('⏸ paused by ops1 until 14:30: patching');
});

test('a member that is paused with its group offers to resume the group, and does it', () => {
  const member = told(sized(80), broken, 'down', 'down').model;
  expect(text(bar(member))).toContain('p resume group');
  expect(update(member, { is: 'key', key: 'p' }).commands).toEqual([
    { is: 'act', request: { verb: 'resume', target: 'disks' } },
  ]);
});

test.each([
  [['p'], '3 processes keep running; nothing restarts them until then.'],
  [['down', 'p'], 'It keeps running; nothing restarts it until then.'],
  [['down', 'p', 'right', 'right', 'right'], 'It keeps running; nothing restarts it until you resume.'],
  [['down', 'down', 'down', 'down', 'down', 'p'], 'It does not run; nothing restarts it until then.'],
  [['down', 'down', 'down', 'down', 'p'], 'None of 2 processes runs; nothing restarts them until then.'],
  [['P'], '10 of 14 processes run and keep running; nothing restarts them until then.'],
])('the dialog after %j tells what keeps running', (keys, told_) => {
  expect(
    panel(told(sized(100), ...keys).model, 8)
      .map(text)
      .join(' '),
  ).toContain(told_);
});
