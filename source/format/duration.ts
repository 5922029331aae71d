/**
 * How long something has lasted, in two figures at most: `42s`, `14m`, `2h 14m`, `3d 04h`.
 * Beyond a minute it changes once a minute, so that a screen at rest sends nothing.
 */
export function lasted(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

/** What is left until something happens, rounded up so that it never shows 0 before it is due. */
export function left(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 100 ? `${seconds}s` : lasted(seconds * 1000);
}

/** How far a timer has come, as a stopwatch shows it: `0:09`, `5:04`, `1:02:07`. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = `${two(seconds % 60)}`;
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
