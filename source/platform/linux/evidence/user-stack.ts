// User stacks by eu-stack (elfutils), which takes some 10 ms, else by gdb, which takes half a second.
import { readStacks, type Stacks } from './stack-frames.ts';
import { runTool } from './tool.ts';

/** A living process, or a core with the program that left it (null: the tool finds it itself). */
export type Subject = { readonly pid: number } | { readonly core: string; readonly executable: string | null };

export type UserStack =
  | { readonly ok: true; readonly text: string; readonly stacks: Stacks }
  | { readonly ok: false; readonly problem: string };

interface StackTool {
  readonly name: string;
  command(subject: Subject): string[];
}

const gdbOptions = [
  '-nx',
  '-batch',
  '-iex',
  'set confirm off',
  '-iex',
  'set width 0',
  '-iex',
  'set debuginfod enabled off',
];

const tools: readonly StackTool[] = [
  {
    name: 'eu-stack',
    command: (subject) =>
      'pid' in subject
        ? ['eu-stack', '-p', String(subject.pid)]
        : [
            'eu-stack',
            `--core=${subject.core}`,
            ...(subject.executable === null ? [] : [`--executable=${subject.executable}`]),
          ],
  },
  {
    name: 'gdb',
    command: (subject) => [
      ...['gdb', ...gdbOptions, '-ex', 'thread apply all bt'],
      ...('pid' in subject
        ? ['-p', String(subject.pid)]
        : [...(subject.executable === null ? [] : [subject.executable]), `--core=${subject.core}`]),
    ],
  },
];

export async function takeUserStack(subject: Subject, limitMs: () => number): Promise<UserStack> {
  const refusals: string[] = [];
  let missing = 0;
  for (const { name, command } of tools) {
    const leftMs = limitMs();
    if (leftMs <= 0) break;
    const result = await runTool({ command: command(subject), limitMs: leftMs });
    if (result.kind === 'missing') {
      missing += 1;
      continue;
    }
    const stacks = readStacks(result.output);
    const hasFrames = [...stacks.values()].some((frames) => frames.length > 0);
    if (hasFrames) {
      const cut = result.kind === 'time-over' ? `\n${name} was not done within ${Math.round(leftMs)} ms.\n` : '';
      return { ok: true, text: `${result.output.trimEnd()}\n${cut}`, stacks };
    }
    if (result.kind === 'time-over')
      return { ok: false, problem: `${name} was not done within ${Math.round(leftMs)} ms` };
    refusals.push(`${name} says: ${lastWords(result.output)}`);
  }
  if (missing === tools.length)
    return { ok: false, problem: 'neither eu-stack nor gdb is installed (Debian: elfutils, gdb)' };
  return { ok: false, problem: refusals.join('; ') || 'its time was over' };
}

export function lastWords(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 200) || 'nothing';
}
