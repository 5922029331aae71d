/** Lines shown on either side of a change. */
const around = 2;
/** Beyond so many pairs of lines the changed part is shown whole instead of line by line. */
const mostPairs = 4_000_000;

/** What an edit changes in a text, as `diff -u` writes it, without its heads; empty when nothing does. */
export function differenceOf(before: string, after: string): string[] {
  const steps = stepsOf(linesOf(before), linesOf(after));
  const near = new Set<number>();
  for (const [at, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    for (let other = Math.max(0, at - around); other <= at + around; other += 1) near.add(other);
  }
  const shown: string[] = [];
  const at = { old: 1, new: 1 };
  for (const [index, { sign, line }] of steps.entries()) {
    if (near.has(index)) {
      if (!near.has(index - 1)) shown.push(head(steps, index, near, at));
      shown.push(`${sign}${line}`);
    }
    if (sign !== '+') at.old += 1;
    if (sign !== '-') at.new += 1;
  }
  return shown;
}

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** `@@ -3,5 +3,6 @@` */
function head(
  steps: readonly Step[],
  from: number,
  near: ReadonlySet<number>,
  at: { old: number; new: number },
): string {
  let [old, now] = [0, 0];
  for (let index = from; index < steps.length && near.has(index); index += 1) {
    if (steps[index]?.sign !== '+') old += 1;
    if (steps[index]?.sign !== '-') now += 1;
  }
  return `@@ -${at.old},${old} +${at.new},${now} @@`;
}

/** A text that ends as texts do ends with a line, not with an empty one. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What both begin and end with is set aside first: an edit touches few lines of many. */
function stepsOf(before: readonly string[], after: readonly string[]): Step[] {
  const least = Math.min(before.length, after.length);
  let first = 0;
  while (first < least && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < least - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const kept = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...kept(before.slice(0, first)),
    ...changed(before.slice(first, before.length - last), after.slice(first, after.length - last)),
    ...kept(before.slice(before.length - last)),
  ];
}

/** By the longest common subsequence of the lines. */
function changed(before: readonly string[], after: readonly string[]): Step[] {
  const removed = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: '-', line }));
  const added = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: '+', line }));
  const width = after.length + 1;
  if (before.length * after.length > mostPairs) return [...removed(before), ...added(after)];
  // At [i, j]: how many lines the rests from i and from j have in common.
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const same = (common[(i + 1) * width + j + 1] ?? 0) + 1;
      const other = Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
      common[i * width + j] = before[i] === after[j] ? same : other;
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const line = before[i] ?? '';
    if (line === after[j]) {
      steps.push({ sign: ' ', line });
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      steps.push({ sign: '-', line });
      i += 1;
    } else {
      steps.push({ sign: '+', line: after[j] ?? '' });
      j += 1;
    }
  }
  return [...steps, ...removed(before.slice(i)), ...added(after.slice(j))];
}
