import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { FileGuard } from '../platform/system.ts';
import type { Problem } from '../profile/problem.ts';
import type { Profile } from '../profile/profile.ts';

/** Programs whose first argument is what they really run. */
const interpreter = /^((da|ba|z|k)?sh|python[\d.]*|perl|ruby|node)$/;

/**
 * Scripts that root would run and others could write: each is named with the entry that runs it.
 * A program without a path comes from PATH, which is root's own business.
 */
export function unsafeScripts(profile: Profile, guard: FileGuard): Problem[] {
  return profile.groups.flatMap((group) => [
    ...(group.escalation.do === 'run'
      ? problemsOf(`groups.${group.name}.escalation.run`, group.escalation.command, null, guard)
      : []),
    ...group.processes.flatMap(({ name, user, directory, restart, stop }) => {
      if (user !== null && user !== 'root' && user !== '0') return [];
      const path = `groups.${group.name}.processes.${name}`;
      return [
        ...problemsOf(`${path}.restart.run`, restart.run, directory, guard),
        ...problemsOf(`${path}.stop.run`, stop.run, directory, guard),
      ];
    }),
  ]);
}

function problemsOf(
  path: string,
  command: readonly string[] | null,
  directory: string | null,
  guard: FileGuard,
): Problem[] {
  return filesOf(command ?? []).flatMap((word) => {
    const file = resolve(directory ?? process.cwd(), word);
    const stranger = existsSync(file) ? guard.whoElseMayWrite(file) : null;
    if (stranger === null) return [];
    const expected = `a script that only ${guard.who} can change, since ${guard.who} runs it`;
    const hint = guard.remedy;
    return [{ file, line: 1, column: 1, path, what: stranger, expected, hint }];
  });
}

function filesOf([program = '', argument = '']: readonly string[]): string[] {
  const files = program.includes('/') ? [program] : [];
  if (interpreter.test(basename(program)) && argument !== '' && !argument.startsWith('-')) files.push(argument);
  return files;
}
