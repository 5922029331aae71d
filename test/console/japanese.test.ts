import { expect, test } from 'vitest';
import { leftFor } from '../../source/console/format/left-for.ts';
import { incidentLines } from '../../source/console/view/details/incidents.ts';
import { header } from '../../source/console/view/header.ts';
import { panel } from '../../source/console/view/panel.ts';
import { timerLines } from '../../source/console/view/timers.ts';
import { phrases } from '../../source/notices/phrases.ts';
import { incidents } from './evidence.ts';
import { openModel, told } from './session.ts';
import { stalledStatus } from './stalled.ts';

const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
const start = openModel({ language: 'ja', size: { columns: 120, rows: 40 } });

test('by what the list is sorted', () => {
  const { model } = told(start, ':', ...'sort memory', 'enter');
  expect(text(header(model))).toContain('並替 メモリ');
  expect(panel(told(start, 'o').model, 8).map(text).join(' ')).not.toMatch(/state|restarts|memory/);
});

test('stall rules', () => {
  const api = stalledStatus().groups[0]?.processes.find(({ name }) => name === 'api');
  expect(
    timerLines({ stall: api?.stall ?? [] }, start)
      .map(text)
      .join(' '),
  ).toMatch(/出力 .*CPU /);
});

test('the reason of an incident', () => {
  const lines = incidentLines(
    incidents(null).filter(({ process }) => process === 'batch/nightly'),
    start,
  );
  expect(lines.map(text).join(' ')).toContain('終了コード 1');
});

test.each([
  [8000, '8 秒'],
  [240_000, '4 分'],
])('%i ms are left as the notices say it', (ms, told_) => expect(leftFor(start, ms)).toBe(told_));

test('what the engine refuses speaks of a pause in the word of the console', () => {
  for (const id of ['refuse-slot-pause', 'refuse-past-pause', 'paused-with-group', 'not-paused'] as const)
    expect(phrases[id].ja).toContain('休止');
});
