import { Text } from 'ink';
import { Table as InkTable } from 'ink-table';
import type { PropsWithChildren, ReactElement } from 'react';
import { widthOf } from '../../format/width.ts';
import type { Theme, Tone } from '../theme.ts';
import { paint, span } from './line.ts';

// The types of ink-table name React's elements by a global that React 19 took away.
declare global {
  // biome-ignore lint/style/noNamespace: a namespace is what ink-table asks for
  namespace JSX {
    type Element = ReactElement;
  }
}

/** Lines that a table of that many rows takes: head, its rules, foot. */
export function tableHeight(rows: number): number {
  return rows + 4;
}

interface TableProps {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly theme: Theme;
  readonly ascii: boolean;
}

/** A small table in a frame. Rows follow each other without rules between them. */
export function Table({ heads, rows, theme, ascii }: TableProps): ReactElement {
  const painted = (tone: Tone) =>
    function Cell({ children }: PropsWithChildren<object>): ReactElement {
      const text = String(children ?? '');
      return <Text>{paint([span(ascii ? plainFrame(text) : text, tone)], theme)}</Text>;
    };
  const data = rows.map((row) =>
    Object.fromEntries(heads.map((head, at) => [measured(head), measured(row[at] ?? '')])),
  );
  return (
    <DenseTable
      data={data}
      columns={heads.map(measured)}
      header={painted('dim')}
      skeleton={painted('dim')}
      cell={painted('plain')}
    />
  );
}

class DenseTable extends InkTable<Record<string, string>> {
  constructor(props: ConstructorParameters<typeof InkTable<Record<string, string>>>[0]) {
    super(props);
    const rule = this.separator;
    // Every row asks for the rule above it; only the first, below the heads, gets one.
    this.separator = (row) => (row.key.endsWith('-0') ? rule(row) : <Nothing />);
  }
}

function Nothing(): null {
  return null;
}

/**
 * The table counts characters where the terminal counts columns. Characters without any width make up the difference
 * for wide ones; Ink takes them out before they reach the terminal.
 */
function measured(text: string): string {
  return text + '\u200b'.repeat(Math.max(0, widthOf(text) - text.length));
}

function plainFrame(text: string): string {
  return text
    .replaceAll('─', '-')
    .replaceAll('│', '|')
    .replaceAll(/[\u250c-\u253c]/g, '+');
}
