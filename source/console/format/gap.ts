/** The time between two things that happened: `+340 ms`, `+4.2 s`, `+2 m 14 s`, `+3 h 05 m`, `+2 d 04 h`. */
export function gap(ms: number): string {
  const amount = Math.max(0, ms);
  if (amount < 1000) return `+${Math.round(amount)} ms`;
  if (amount < 59_950) return `+${(amount / 1000).toFixed(1)} s`;
  const seconds = Math.round(amount / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `+${minutes} m ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `+${hours} h ${two(minutes % 60)} m`;
  return `+${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
