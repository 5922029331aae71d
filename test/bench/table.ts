import { at, type Figure, median } from './figures.ts';

const heads = ['', 'n', 'median', 'p95', 'most', 'to floor', 'goal', 'met'];

export function printTable(title: string, figures: readonly Figure[]): void {
  const rows = [heads, ...figures.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  console.log(`\n${title}`);
  for (const row of rows) console.log(`  ${line(row)}`);
}

function cells({ what, unit, samples, floor, goal }: Figure): string[] {
  const middle = median(samples);
  const isSeries = samples.length > 1;
  return [
    what,
    String(samples.length),
    amount(middle, unit),
    isSeries ? amount(at(samples, 0.95), unit) : '',
    isSeries ? amount(Math.max(...samples), unit) : '',
    floor === undefined ? '' : `${(middle / median(floor.samples)).toFixed(1)} x`,
    goal?.text ?? '',
    goal === undefined ? '' : middle < goal.below ? 'yes' : 'MISSED',
  ];
}

function amount(value: number, unit: Figure['unit']): string {
  if (Number.isNaN(value)) return 'none';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : unit === '%' ? 3 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
