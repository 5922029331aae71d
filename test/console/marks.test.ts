import { expect, test } from 'vitest';
import { bar } from '../../source/console/view/bar.ts';
import { openModel, told } from './session.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const marked = told(openModel(), '/', ...'shop', 'enter', ' ', ' ').model;

test('the bar counts the rows that are marked', () => {
  expect(text(bar(marked))).toMatch(/^ 2 marked {2}p pause/);
});

test('Esc takes the marks first and the filter then, and says so', () => {
  const once = told(marked, 'escape').model;
  expect(once.list).toMatchObject({ marked: [], filter: 'shop' });
  expect(once.bottomLine?.text).toBe('No row is marked any more.');
  const twice = told(once, 'escape').model;
  expect(twice.list.filter).toBe('');
  expect(twice.bottomLine?.text).toBe('The filter is gone: everything is shown.');
  expect(told(twice, 'escape').model.bottomLine).toBeNull();
});
