import { expect, test } from 'vitest';
import { update } from '../../source/console/update.ts';
import { bar } from '../../source/console/view/bar.ts';
import { openModel, told } from './session.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const start = openModel({ size: { columns: 80, rows: 24 } });
const given = told(start, ...Array.from({ length: 5 }, () => 'down')).model;

test('what was given up is started by s, and its bar offers to clear it, also where it is narrow', () => {
  expect(given.list.cursor).toBe('batch/nightly');
  expect(text(bar(given))).toMatch(/s start .*c clear/);
  expect(update(given, { is: 'key', key: 's' }).commands).toEqual([
    { is: 'act', request: { verb: 'start', target: 'batch/nightly' } },
  ]);
});

test('elsewhere clearing gives way to what is needed more', () => {
  expect(text(bar(start))).not.toContain('c clear');
});
