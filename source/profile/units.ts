/** Numbers with units, as durations and sizes are written: `1h30m`, `512M`. */
export interface Unit {
  readonly name: string;
  readonly worth: number;
}

/** A parser that gives the number in the smallest unit, or null when the text is not whole numbers with units, each unit once and the largest first. */
export function unitParser(units: readonly Unit[]): (text: string) => number | null {
  const pattern = new RegExp(`^${units.map((unit) => `(?:(\\d{1,15})${unit.name}\\s*)?`).join('')}$`);
  return (text) => {
    const found = pattern.exec(text);
    if (found === null || text === '') return null;
    const total = units.reduce((sum, unit, index) => sum + Number(found[index + 1] ?? 0) * unit.worth, 0);
    return Number.isSafeInteger(total) ? total : null;
  };
}
