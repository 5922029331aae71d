/** How long something has lasted, in two figures at most: `42s`, `14m`, `2h 14m`, `3d 04h`. */
export function lasted(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

/** What is left until something happens, rounded up: it never shows 0 before it is due. */
export function left(ms: number): string {
  return lasted(Math.max(0, Math.ceil(ms / 1000)) * 1000);
}

/** `88M`, `1.4G`: three figures at most. */
export function memory(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < memoryUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 && unit > 2 ? value.toFixed(1) : value.toFixed(0)}${memoryUnits[unit]}`;
}

const memoryUnits = ['B', 'K', 'M', 'G', 'T', 'P'];

/** `1.2%`, `340%`: of one core. */
export function percent(share: number): string {
  return `${share < 99.95 ? share.toFixed(1) : share.toFixed(0)}%`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
