/** Function names of each thread's stack, innermost first, in the order in which the tool wrote the threads. */
export type Stacks = ReadonlyMap<number, readonly string[]>;

const thread = {
  euStack: /^TID (\d+):/,
  gdb: /^Thread (\d+) \((?:Thread 0x\w+ )?\(?(?:LWP|process) (\d+)\)?/,
};
/** `#0  0x00007f0c name`, with `- 1` behind the address of a return; `#1  0x00007f0c in name (x=1) at a.c:5`; `#0  name (x=1)`. */
const frame = /^#\d+\s+(?:0x[0-9a-f]+(?: - 1)?\s*(?:in )?)?(.*)$/;

/** What eu-stack or gdb wrote. gdb counts down to thread 1, which is the one it looked at first: it comes first here. */
export function readStacks(output: string): Stacks {
  const stacks = new Map<number, string[]>();
  let current: string[] | null = null;
  let first: number | null = null;
  for (const line of output.split('\n')) {
    const byGdb = thread.gdb.exec(line);
    const tid = thread.euStack.exec(line)?.[1] ?? byGdb?.[2];
    if (tid !== undefined) {
      current = [];
      stacks.set(Number(tid), current);
      if (byGdb?.[1] === '1') first = Number(tid);
      continue;
    }
    const name = frame
      .exec(line)?.[1]
      ?.replace(/ \(.*$/, '')
      .trim();
    // gdb shows the frame where it is before it lists the threads.
    if (name !== undefined) current?.push(name === '' ? '??' : name);
  }
  const firstFrames = first === null ? undefined : stacks.get(first);
  return first === null || firstFrames === undefined
    ? stacks
    : new Map([[first, firstFrames], ...[...stacks].filter(([tid]) => tid !== first)]);
}

/** The stack to blame: of a thread that was running, else of `main`, else of the first. */
export function blamed(stacks: Stacks, running: readonly number[], main: number): readonly string[] {
  const tid = [...running, main].find((one) => stacks.has(one));
  return (tid === undefined ? stacks.values().next().value : stacks.get(tid)) ?? [];
}
