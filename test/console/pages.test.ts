import { describe, expect, test } from 'vitest';
import type { Model } from '../../source/console/model.ts';
import { bar } from '../../source/console/view/bar.ts';
import { help } from '../../source/console/view/help.ts';
import { openModel, told } from './session.ts';
import { explanations } from './troubled.ts';

const text = (lines: readonly (readonly { readonly text: string }[])[]): string =>
  lines.map((line) => line.map((span) => span.text).join('')).join('\n');
const start = openModel({ size: { columns: 80, rows: 24 } });
const top = ({ dialog }: Model): number | null => (dialog !== null && 'top' in dialog ? dialog.top : null);

describe('the page of keys', () => {
  test('opens over another page, and Esc leads back to it', () => {
    const why = told(start, 'w', { is: 'explained', target: 'shop', explanations: explanations('batch') }).model;
    expect(text([bar(why)])).toContain('? keys');
    const keys = told(why, '?').model;
    expect(keys.dialog).toMatchObject({ is: 'help', over: { is: 'why', target: 'shop' } });
    expect(told(keys, 'escape').model.dialog).toEqual(why.dialog);
    expect(told(keys, '?', 'escape').model.dialog).toBeNull();
  });

  test.each([
    ['end', 'home'],
    ['G', 'g'],
  ])('%s goes to its end and %s to its beginning', (end, home) => {
    const atEnd = told(start, '?', end).model;
    expect(top(atEnd)).toBeGreaterThan(50);
    expect(top(told(atEnd, 'down').model)).toBe(top(atEnd));
    expect(top(told(atEnd, home).model)).toBe(0);
  });

  test('explains the mark, the words for a group, and what each stall rule calls stalled', () => {
    const page = text(help(start, { find: '' }));
    expect(page).toMatch(/\+ +marked: the next action takes it along/);
    expect(page).toMatch(/degraded +some member does not run, others do/);
    expect(page).toMatch(/block +blocked: all of it hangs in the kernel/);
    expect(page).toMatch(/output +nothing was written for so long/);
    expect(page).toMatch(/probe +so many probes in a row have failed/);
  });
});
