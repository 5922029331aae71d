import { relative, resolve } from 'node:path';
import { checkOnOtherSystem } from '../../daemon/other-system.ts';
import { loadProfiles } from '../../daemon/profile-files.ts';
import { openFileGuard } from '../../platform/open-system.ts';
import { systemNames } from '../../profile/check.ts';
import { formatProblem, type Problem } from '../../profile/problem.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';

export const run: Run = async (call, context) => {
  const { directory, environment } = context.surroundings;
  const paths =
    call.rest.length === 0 ? [context.places.profilesDirectory] : call.rest.map((path) => resolve(directory, path));
  const guard = await openFileGuard();
  const loaded = loadProfiles(paths, environment, guard);
  if (!loaded.ok) {
    const problems = inOrder(loaded.problems, directory);
    if (call.flags.json) context.printJson({ ok: false, problems });
    else for (const problem of problems) context.print(formatProblem(problem));
    return exitStatus.badProfile;
  }
  const { groups } = loaded.profile;
  const processes = groups.reduce((count, group) => count + group.processes.length, 0);
  const warnings = inOrder(loaded.warnings, directory);
  const elsewhere = checkOnOtherSystem(loaded.files, environment, guard.system);
  if (elsewhere?.ok === false) {
    const problems = inOrder(elsewhere.problems, directory);
    if (call.flags.json) context.printJson({ ok: false, system: elsewhere.system, problems });
    else for (const problem of problems) context.print(`${systemNames[elsewhere.system]}: ${formatProblem(problem)}`);
    return exitStatus.badProfile;
  }
  if (call.flags.json) {
    const { files } = loaded;
    context.printJson({ ok: true, groups: groups.length, processes, files, warnings, ...(elsewhere && { elsewhere }) });
  } else {
    for (const warning of warnings) context.tell(context.say('warning', { problem: formatProblem(warning) }));
    context.print(context.say('checked', { groups: groups.length, processes }));
    if (elsewhere !== null) {
      const { groups, processes } = elsewhere;
      context.print(context.say('checkedElsewhere', { groups, processes, system: systemNames[elsewhere.system] }));
    }
  }
  return exitStatus.done;
};

function inOrder(problems: readonly Problem[], directory: string): Problem[] {
  return problems.map((problem) => ({ ...problem, file: asTyped(problem.file, directory) })).sort(byPlace);
}

/** Files below the current directory by their short names: editors and people jump to them. */
function asTyped(file: string, directory: string): string {
  const short = relative(directory, file);
  return short === '' || short.startsWith('..') ? file : short;
}

function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
