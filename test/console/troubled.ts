// The same evening, with more to read: a group that goes as a whole, profiles that a reload has refused, what the engine explains.
import type { Explanation, FileDifference, Status } from '../../source/control/protocol.ts';
import { ago, day, group, hour, megabytes, minute, process_, status } from './fixtures.ts';

const farm = group(
  'farm',
  [
    process_('database', 'fatal', {
      upFor: 40 * minute,
      count: 3,
      lastExit: { code: 2 },
      why: 'Given up: 3 restarts within 24h did not cure it (exit 2). It is not restarted by itself; `procsaver clear batch/nightly` forgets the counters and tries again.',
    }),
    process_('render', 'fatal', {
      upFor: 40 * minute,
      slots: [
        { slot: 1, state: 'fatal', since: ago(40 * minute), nextAt: null, restarts: 0, givenUpWith: 'farm/database#1' },
      ],
      dependsOn: [{ name: 'farm/database', condition: 'ready', holds: false }],
      why: 'Given up with its group, because farm/database#1 was given up; `procsaver clear farm/database` tries both again.',
    }),
    process_('python', 'running', {
      kind: 'match',
      expected: 3,
      pids: [6101, 6102],
      upFor: 9 * day,
      why: '2 live, at least 3 must; that is tolerated for a moment.',
      slots: [{ slot: 1, state: 'running', since: ago(2), nextAt: ago(-3), restarts: 0, givenUpWith: null }],
      memoryBytes: megabytes(64),
    }),
    process_('shell', 'running', {
      kind: 'match',
      pids: [6201, 6202, 6203],
      upFor: 3 * hour,
      slots: [{ slot: 1, state: 'running', since: ago(3 * hour), nextAt: null, restarts: 0, givenUpWith: null }],
      memoryBytes: megabytes(9),
    }),
    process_('cups', 'running', { kind: 'service', pids: [811], upFor: 9 * day, memoryBytes: megabytes(14) }),
  ],
  {
    state: 'fatal',
    strategy: 'one-for-all',
    escalation: 'failover',
    description: 'Renders what the shop sells',
  },
);

/** The same machine with that group, and with profiles that a reload has refused. */
export function troubledStatus(): Status {
  return {
    engine: {
      ...status.engine,
      problems: [
        {
          file: '/etc/procsaver/profiles.d/shop.yaml',
          line: 14,
          column: 9,
          path: 'groups.shop.processes.api.restart.limit',
          what: 'the text "three"',
          expected: 'a whole number, 0 to 1000',
          hint: '',
        },
        {
          file: '/etc/procsaver/profiles.d/shop.yaml',
          line: 20,
          column: 7,
          path: 'groups.shop.processes.api.dependOn',
          what: 'unknown key `dependOn`',
          expected: '',
          hint: 'did you mean `dependsOn`?',
        },
      ],
    },
    groups: [farm, ...status.groups],
  };
}

export function explanations(target: string): readonly Explanation[] {
  const explained = [
    {
      name: 'batch/nightly',
      text: 'batch/nightly is fatal since 03:12:14. Given up: 3 restarts within 24h did not cure it (exit 1). It is not restarted by itself; `procsaver clear batch/nightly` forgets the counters and tries again. 3 of 3 restarts within 24h are used, the last at 03:11:02; the next leaves the window at 2026-11-23 02:02:11. batch/import waits for it.',
    },
    {
      name: 'batch/import',
      text: 'batch/import is waiting since 03:10:00. It waits for batch/nightly to be completed.',
    },
    {
      name: 'shop/api',
      text: 'shop/api is running since 10:48:14. 2 of 3 restarts within 1h are used, the last at 10:48:13; the next leaves the window at 11:02:11.',
    },
  ];
  return explained
    .filter(({ name }) => name === target || name.startsWith(`${target}/`))
    .map(({ name, text }) => ({ name, text, sentences: text.split(/(?<=\.) (?=[A-Z0-9a-z]+[ /:])/) }));
}

export const difference: readonly FileDifference[] = [
  {
    file: '/etc/procsaver/profiles.d/shop.yaml',
    lines: [
      '@@ -14,5 +14,5 @@',
      '         command: [node, server.js]',
      '         restart:',
      '-          within: 24h # as agreed with the shop',
      '+          within: 1h # as agreed with the shop',
      '           limit: 3',
      '         ready:',
    ],
  },
];
