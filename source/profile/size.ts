import { type Unit, unitParser } from './units.ts';

const units: readonly Unit[] = [
  { name: 'T', worth: 1024 ** 4 },
  { name: 'G', worth: 1024 ** 3 },
  { name: 'M', worth: 1024 ** 2 },
  { name: 'K', worth: 1024 },
  { name: 'B', worth: 1 },
];

const parse = unitParser(units);

/** `512M` to bytes; null when the text is no size. One number and one unit. */
export function parseSize(text: string): number | null {
  return /^\d+[TGMKB]$/.test(text) ? parse(text) : null;
}

/** Bytes in the largest unit that holds them exactly, so that `parseSize` reads them back. */
export function formatSize(bytes: number): string {
  const unit = units.find((unit) => bytes >= unit.worth && bytes % unit.worth === 0);
  return unit === undefined ? `${bytes}B` : `${bytes / unit.worth}${unit.name}`;
}
