import type { Row } from './phase-rows.ts';

/** What only a process that lives says or shows. */
const unwatched = `
  said status, said stopping, said trigger, said main, looked silent, looked alive, probed ok, probed warning,
  probed critical, timer-rang vital
`;

/**
 * What becomes of a slot in each phase at each event: the phase that follows, or that nothing changes. Every event stands in
 * every row once. `kept`: the phase stays, and something is remembered, wanted or done; `said`: a notice tells of it, and that
 * is all; `ignored`: nothing at all; `refused`: the operator is told why not; `gone`: the slot is no more.
 */
export const table: { readonly [R in Row]: Readonly<Record<string, string>> } = {
  stopped: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested pause, requested clear, requested set',
    launching: 'requested start, requested restart',
    refused: 'requested resume, requested stop, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
  },
  'waiting for search': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, service-changed up, service-changed changing, service-changed down,
      service-changed unknown, script-ended ok, script-ended failed, became-ready, swept, timer-rang,
      ${unwatched.trim()}
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, requested pause, requested restart, requested clear,
      requested set
    `,
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    scripting: 'searched nothing',
    stopped: 'requested stop',
  },
  'waiting for dependencies': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  'waiting for turn': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  'waiting for resume': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested pause, requested clear, requested set',
    launching: 'requested resume',
    refused: 'requested start, requested restart, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
  },
  'waiting for appearance': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept,
      timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  backoff: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested set',
    launching: 'profile-changed redefined, timer-rang, requested start, requested restart, requested clear',
    refused: 'requested resume, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  launching: {
    ignored: `
      exited, searched one, searched nothing, service-changed up, service-changed changing, service-changed down,
      service-changed unknown, script-ended ok, script-ended failed, became-ready, swept, timer-rang,
      ${unwatched.trim()}
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, launched failed,
      requested pause, requested stop, requested restart, requested clear, requested set
    `,
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    running: 'launched ok',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
  },
  scripting: {
    backoff: 'script-ended failed, timer-rang',
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, became-ready, swept,
      ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    searching: 'script-ended ok',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  searching: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept,
      ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, timer-rang, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  readying: {
    asking: 'profile-changed redefined, profile-changed without it, timer-rang, requested stop, requested restart',
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, said trigger,
      looked silent, looked alive, probed ok, probed warning, probed critical, swept, timer-rang vital
    `,
    kept: `
      began, profile-changed same, said status, said stopping, said main, requested pause, requested clear,
      requested dump, requested heartbeat, requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'became-ready',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    sweeping: 'exited',
  },
  running: {
    asking: 'profile-changed redefined, profile-changed without it, requested stop, requested restart',
    examining: 'said trigger, looked silent',
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, probed ok,
      swept, timer-rang
    `,
    kept: `
      began, profile-changed same, said status, said stopping, said main, looked alive, probed warning,
      probed critical, timer-rang vital, requested pause, requested clear, requested dump, requested heartbeat,
      requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    sweeping: 'exited',
  },
  examining: {
    asking: `
      profile-changed redefined, profile-changed without it, evidence-taken own, timer-rang, requested stop,
      requested restart
    `,
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, said trigger,
      looked silent, looked alive, probed ok, probed warning, probed critical, swept, timer-rang vital
    `,
    kept: `
      began, profile-changed same, said status, said stopping, said main, requested clear, requested dump,
      requested heartbeat, requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'requested pause',
    said: 'escalation-failed, ask-failed, evidence-taken other',
    sweeping: 'exited',
  },
  lacking: {
    asking: 'requested stop, requested restart',
    examining: 'said trigger, looked silent',
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, probed ok,
      swept
    `,
    kept: `
      began, profile-changed same, exited, said status, said stopping, said main, looked alive, probed warning,
      probed critical, timer-rang vital, requested pause, requested clear, requested dump, requested heartbeat,
      requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    scripting: 'timer-rang',
    'waiting for search': 'profile-changed redefined',
  },
  settling: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed changing, script-ended ok,
      script-ended failed, became-ready, swept, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    running: 'service-changed up',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    scripting: 'service-changed down, timer-rang',
    stopped: 'requested stop',
    'waiting for appearance': 'service-changed unknown',
    'waiting for search': 'profile-changed redefined',
  },
  asking: {
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, said trigger,
      said main, looked silent, looked alive, probed ok, probed warning, probed critical, swept, timer-rang vital
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, said status, said stopping,
      requested pause, requested start, requested restart, requested clear, requested dump, requested heartbeat,
      requested set
    `,
    refused: 'requested resume, requested stop, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    sweeping: 'exited, timer-rang',
  },
  sweeping: {
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, timer-rang, ${unwatched.trim()}
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, requested pause,
      requested stop, requested restart, requested clear, requested set
    `,
    launching: 'swept',
    refused: 'requested resume, requested start, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
  },
  exited: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested pause, requested clear, requested set',
    launching: 'profile-changed redefined, requested start, requested restart',
    refused: 'requested resume, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
  },
  fatal: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok, script-ended failed,
      became-ready, swept, timer-rang, ${unwatched.trim()}
    `,
    kept: 'began, profile-changed same, requested pause, requested set',
    launching: 'profile-changed redefined, requested start, requested restart, requested clear',
    refused: 'requested resume, requested dump, requested heartbeat, requested unset',
    said: 'escalation-failed, ask-failed, evidence-taken own, evidence-taken other',
    stopped: 'requested stop',
  },
};
