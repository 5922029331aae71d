import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import { Table } from '../../source/console/view/table.tsx';

const look = { theme: 'none', ascii: false } as const;

test('a small table has one rule, below its heads', () => {
  const { lastFrame } = render(
    <Table
      heads={['slot', 'state']}
      rows={[
        ['#1', '● running'],
        ['#2', '○ stopped'],
      ]}
      {...look}
    />,
  );
  expect(plain(lastFrame())).toEqual([
    '┌──────┬───────────┐',
    '│ slot │ state     │',
    '├──────┼───────────┤',
    '│ #1   │ ● running │',
    '│ #2   │ ○ stopped │',
    '└──────┴───────────┘',
  ]);
});

test('a table that is drawn again shows what has changed', () => {
  const { lastFrame, rerender } = render(<Table heads={['pid']} rows={[['4410']]} {...look} />);
  rerender(<Table heads={['pid']} rows={[['5410']]} {...look} />);
  expect(lastFrame()).toContain('5410');
  expect(lastFrame()).not.toContain('4410');
});

test('in ASCII its frame is drawn with signs that every terminal has', () => {
  const { lastFrame } = render(<Table heads={['pid']} rows={[['4410']]} theme="none" ascii />);
  expect(plain(lastFrame())).toEqual(['+------+', '| pid  |', '+------+', '| 4410 |', '+------+']);
});

/** Without the characters of no width that make up for wide ones, and without weight. */
function plain(frame: string | undefined): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a weight
  return (frame ?? '').replaceAll(/\u001b\[[\d;]*m|\u200b/g, '').split('\n');
}
