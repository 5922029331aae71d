const UNITS = ['B', 'K', 'M', 'G', 'T', 'P'];

/** `88M`, `1.4G`: three figures at most. */
export function memory(bytes: number): string {
  const { shown, unit } = inUnits(bytes);
  return `${shown}${UNITS[unit]}`;
}

/** In bytes again: two amounts that read the same are the same. */
export function memoryAsShown(bytes: number): number {
  const { shown, unit } = inUnits(bytes);
  return Number(shown) * 1024 ** unit;
}

function inUnits(bytes: number): { readonly shown: string; readonly unit: number } {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return { shown: value < 9.95 && unit > 1 ? value.toFixed(1) : value.toFixed(0), unit };
}

/** `1.2%`, `340%`: of one core. */
export function percent(share: number): string {
  return `${figures(share)}%`;
}

/** Two shares that read the same are the same. */
export function percentAsShown(share: number): number {
  return Number(figures(share));
}

function figures(share: number): string {
  return share < 99.95 ? share.toFixed(1) : share.toFixed(0);
}
