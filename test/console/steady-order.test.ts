import { expect, test } from 'vitest';
import type { Message } from '../../source/console/message.ts';
import type { Model } from '../../source/console/model.ts';
import { rowsOf } from '../../source/console/rows/rows.ts';
import { panel } from '../../source/console/view/panel.ts';
import { group, megabytes, nowMs, process_, status } from './fixtures.ts';
import { openModel, told } from './session.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const names = (model: Model): readonly string[] =>
  rowsOf(model).flatMap((row) => (row.is === 'process' ? row.process.name : []));

/** In MB. */
const using = (amounts: Readonly<Record<string, number>>): Message => ({
  is: 'changed',
  whole: true,
  engine: status.engine,
  groups: [
    group(
      'oddities',
      Object.entries(amounts).map(([name, amount], at) =>
        process_(name, 'running', { pids: [1517 + at], memoryBytes: megabytes(amount) }),
      ),
    ),
  ],
});
const later = (ms: number): Message => ({ is: 'tick', nowMs: nowMs + ms });

const byMemory = openModel({ sort: { by: 'memory', isReversed: false } });

test('rows that show the same amount stay as the profile has them', () => {
  const first = told(byMemory, using({ clock: 20.1, drum: 20.3, flute: 70 })).model;
  expect(names(first)).toEqual(['flute', 'clock', 'drum']);
  expect(names(told(first, using({ clock: 20.2, drum: 20.4, flute: 70 })).model)).toEqual(['flute', 'clock', 'drum']);
});

test('after a key the order is held still for some seconds, then made anew', () => {
  const pressed = told(byMemory, using({ clock: 2, drum: 3, flute: 7 }), 'down').model;
  const changed = told(pressed, using({ clock: 9, drum: 3, flute: 7 }), later(1000)).model;
  expect(names(changed)).toEqual(['flute', 'drum', 'clock']);
  expect(names(told(changed, 'down', later(4000)).model)).toEqual(['flute', 'drum', 'clock']);
  expect(names(told(changed, later(6000)).model)).toEqual(['clock', 'flute', 'drum']);
});

test('another order is made of what is known now, and what the profile has needs none', () => {
  const pressed = told(byMemory, using({ clock: 2, drum: 3, flute: 7 }), 'down').model;
  const changed = told(pressed, using({ clock: 9, drum: 3, flute: 7 })).model;
  expect(names(told(changed, ':', ...'sort memory', 'enter').model)).toEqual(['clock', 'flute', 'drum']);
  expect(told(changed, ':', ...'sort profile', 'enter').model.list.held).toBeNull();
});

test('the question has the state and the pid of what would be stopped', () => {
  const asked = told(byMemory, using({ clock: 2 }), 'down', 's').model;
  expect(text(panel(asked, 6)[0] ?? [])).toContain('Stop oddities/clock (running, pid 1517)?');
});
