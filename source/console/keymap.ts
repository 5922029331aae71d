import type { ActionName } from './actions.ts';

/** One line of a screen's table of keys. */
export interface Binding {
  readonly action: ActionName;
  /** The first is the one that bars and help name. */
  readonly keys: readonly string[];
  /** Its place in the bottom bar, from the most needed on; the last drop out when the bar is narrow. */
  readonly bar: number | null;
}

const bind = (action: ActionName, keys: readonly string[], bar: number | null = null): Binding => ({
  action,
  keys,
  bar,
});

const EVERYWHERE: readonly Binding[] = [
  bind('prompt', [':'], 11),
  bind('help', ['?'], 2),
  bind('redraw', ['ctrl-l']),
  bind('suspend', ['ctrl-z']),
];

const MOVING: readonly Binding[] = [
  bind('up', ['up', 'k']),
  bind('down', ['down', 'j']),
  bind('page-up', ['page-up', 'ctrl-b']),
  bind('page-down', ['page-down', 'ctrl-f']),
  bind('first', ['home', 'g']),
  bind('last', ['end', 'G']),
];

/** Which key does what on which screen. The bottom bar and the help screen are drawn from it. */
export const keymap = {
  list: [
    bind('pause', ['p'], 4),
    bind('restart', ['r'], 5),
    bind('stop-start', ['s'], 6),
    bind('dump', ['d'], 8),
    bind('clear', ['c'], 10),
    bind('edit', ['e'], 7),
    bind('why', ['w'], 9),
    bind('stalls', ['S'], 10),
    bind('details', ['enter'], 3),
    bind('filter', ['/'], 11),
    bind('sort', ['o'], 13),
    bind('columns', ['O']),
    bind('mark', [' '], 12),
    bind('timeline', ['t'], 13),
    bind('follow-output', ['l'], 14),
    bind('evidence', ['E'], 15),
    bind('copy-name', ['y']),
    bind('copy-pid', ['Y']),
    bind('problems', ['!']),
    bind('pause-all', ['P']),
    bind('fold', ['left', 'h']),
    bind('unfold', ['right']),
    bind('fold-all', ['z']),
    ...MOVING,
    bind('back', ['escape']),
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  details: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('why', ['w'], 4),
    bind('edit', ['e'], 5),
    bind('pause', ['p'], 6),
    bind('restart', ['r'], 7),
    bind('stop-start', ['s'], 9),
    bind('dump', ['d'], 8),
    bind('clear', ['c'], 10),
    bind('stalls', ['S'], 11),
    bind('timeline', ['t'], 13),
    bind('follow-output', ['l'], 12),
    bind('evidence', ['E'], 9.5),
    bind('copy-name', ['y']),
    bind('copy-pid', ['Y']),
    bind('up', ['up', 'k']),
    bind('down', ['down', 'j']),
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  stalls: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('restart', ['r'], 4),
    bind('dump', ['d'], 5),
    bind('pause', ['p'], 6),
    bind('why', ['w'], 7),
    bind('details', ['enter'], 8),
    ...MOVING,
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  parameters: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('edit-value', ['enter', 'e'], 4),
    bind('undo', ['u'], 5),
    bind('write', ['w'], 6),
    bind('copy-name', ['y']),
    ...MOVING,
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  timeline: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('find', ['/'], 4),
    bind('read-all', ['a'], 5),
    ...MOVING,
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  output: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('find', ['/'], 4),
    bind('next-match', ['n'], 5),
    bind('previous-match', ['N'], 6),
    bind('wrap', ['w'], 7),
    ...MOVING,
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
  evidence: [
    bind('back', ['escape', 'left', 'h'], 3),
    bind('open-item', ['enter', 'right'], 4),
    bind('export-incident', ['x'], 5),
    bind('read-all', ['a'], 6),
    bind('find', ['/'], 7),
    bind('next-match', ['n']),
    bind('previous-match', ['N']),
    bind('wrap', ['w'], 8),
    ...MOVING,
    ...EVERYWHERE,
    bind('quit', ['q', 'ctrl-c'], 1),
  ],
} as const satisfies Readonly<Record<string, readonly Binding[]>>;

export type ScreenName = keyof typeof keymap;
