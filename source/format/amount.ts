const UNITS = ['B', 'K', 'M', 'G', 'T', 'P'];

/** `88M`, `1.4G`: three figures at most. */
export function memory(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const shown = value < 9.95 && unit > 2 ? value.toFixed(1) : value.toFixed(0);
  return `${shown}${UNITS[unit]}`;
}

/** `1.2%`, `340%`: of one core. */
export function percent(share: number): string {
  return `${share < 99.95 ? share.toFixed(1) : share.toFixed(0)}%`;
}
