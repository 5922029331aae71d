// A child that is to run as another user goes through setpriv(1) of util-linux, which becomes the program by exec: the pid stays.
import { findProgram } from './executable-file.ts';
import { findUserOrGroup, type NamedId } from './users.ts';

export type ChangedCommand =
  | {
      readonly ok: true;
      readonly command: readonly string[];
      readonly isThroughSetpriv: boolean;
      /** HOME, USER, LOGNAME and SHELL of the user, as systemd sets them; what the profile says goes before. */
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly problem: string };

export interface Identity {
  readonly user: string | null;
  readonly group: string | null;
}

/** Reports the command that runs `command` as that user and group. Null means: as the engine. */
export function commandAs(
  identity: Identity,
  command: readonly string[],
  report: (result: ChangedCommand) => void,
): void {
  const { user, group } = identity;
  find('passwd', user, (foundUser) => {
    if (user !== null && foundUser === null) {
      report({ ok: false, problem: `The user ${user} is not known on this machine. Create it, or correct \`user\`.` });
      return;
    }
    find('group', group, (foundGroup) => {
      if (group !== null && foundGroup === null) {
        report({
          ok: false,
          problem: `The group ${group} is not known on this machine. Create it, or correct \`group\`.`,
        });
        return;
      }
      report(through(foundUser, foundGroup, command));
    });
  });
}

function find(database: 'passwd' | 'group', name: string | null, report: (found: NamedId | null) => void): void {
  if (name === null) report(null);
  else findUserOrGroup(database, name, report);
}

function through(user: NamedId | null, group: NamedId | null, command: readonly string[]): ChangedCommand {
  const uid = user?.id ?? process.geteuid?.() ?? 0;
  const gid = group?.id ?? user?.gid ?? process.getegid?.() ?? 0;
  const isNoChange = uid === process.geteuid?.() && gid === process.getegid?.();
  const environment = ownVariables(user);
  if (isNoChange) return { ok: true, command, isThroughSetpriv: false, environment };
  if (process.geteuid?.() !== 0) {
    return {
      ok: false,
      problem: `Only root can start a process as ${user?.name ?? `group ${group?.name}`}. Run the engine as root, or leave out \`user\` and \`group\`.`,
    };
  }
  const setpriv = findProgram('setpriv', undefined, null);
  if ('problem' in setpriv)
    return {
      ok: false,
      problem: 'The program setpriv is needed to change the user and was not found. Install util-linux.',
    };
  // Without a user there are no groups of a user to take on; the engine's own must not stay either.
  const groups = user === null ? '--clear-groups' : '--init-groups';
  const change = [...(user === null ? [] : ['--reuid', String(uid)]), '--regid', String(gid), groups];
  return { ok: true, command: [setpriv.file, ...change, '--', ...command], isThroughSetpriv: true, environment };
}

function ownVariables(user: NamedId | null): Record<string, string> {
  return user === null ? {} : { HOME: user.home, LOGNAME: user.name, SHELL: user.shell, USER: user.name };
}
