// What holds on both systems, each said once. `test/end-to-end/both-systems.test.ts` and `test/windows/both-systems.test.ts` run them.

import type { Case } from './case-place.ts';
import { evidence } from './evidence-cases.ts';
import { groups } from './group-cases.ts';
import { operators } from './operator-cases.ts';
import { probes } from './probe-cases.ts';
import { survival } from './survival-cases.ts';

export const cases: readonly Case[] = [...survival, ...groups, ...operators, ...probes, ...evidence];

/** What runs on one system only, and why: printed by the tests, so that nobody takes them for forgotten. */
export const onlyOn: Readonly<Record<'linux' | 'windows', readonly (readonly [what: string, why: string])[]>> = {
  linux: [
    ['notify socket, sd_notify words, WATCHDOG_USEC', 'Windows has no such socket; heartbeats go by file or command'],
    ['`user`, `group`, `umask` of a command', 'Windows starts programs as the account of the engine only'],
    ['systemd services', 'the service manager of Windows has tests of its own in test/windows/service.test.ts'],
    ['core files and user stacks', 'Windows has minidumps in their place'],
    ['host starvation by steal, pressure and cgroups', 'Windows counts none of it by process'],
    ['signals beside TERM, INT and KILL', 'Windows has none'],
  ],
  windows: [
    ['minidumps read back', 'Linux has core files in their place'],
    ['CTRL_BREAK, WM_CLOSE, hung windows', 'Linux has no such things'],
    ['exit codes of crashes by name', 'Linux has signals in their place'],
    ['the access list of the pipe', 'Linux has the mode of a socket in its place'],
  ],
};
