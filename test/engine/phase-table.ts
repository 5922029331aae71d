import type { Row } from './phase-rows.ts';

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
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested pause, requested clear, requested set',
    launching: 'requested start, requested restart',
    refused: 'requested resume, requested stop, requested unset',
    said: 'escalation-failed, ask-failed',
  },
  'waiting for search': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, service-changed up, service-changed changing, service-changed down,
      service-changed unknown, script-ended ok, script-ended failed, became-ready, swept, timer-rang
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, requested pause, requested restart,
      requested clear, requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed',
    scripting: 'searched nothing',
    stopped: 'requested stop',
  },
  'waiting for dependencies': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, requested restart, requested clear,
      requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  'waiting for turn': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, requested restart, requested clear,
      requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  'waiting for resume': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: 'began, profile-changed same, profile-changed redefined, requested pause, requested clear, requested set',
    launching: 'requested resume',
    refused: 'requested start, requested restart, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
  },
  'waiting for appearance': {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept,
      timer-rang
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  backoff: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept
    `,
    kept: 'began, profile-changed same, requested set',
    launching: 'profile-changed redefined, timer-rang, requested start, requested restart, requested clear',
    refused: 'requested resume, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
    'waiting for resume': 'requested pause',
  },
  launching: {
    ignored: `
      exited, searched one, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept,
      timer-rang
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, launched failed,
      requested pause, requested stop, requested restart, requested clear, requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'launched ok',
    said: 'escalation-failed, ask-failed',
  },
  scripting: {
    backoff: 'script-ended failed, timer-rang',
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, became-ready, swept
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed',
    searching: 'script-ended ok',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  searching: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept
    `,
    kept: `
      began, profile-changed same, timer-rang, requested pause, requested restart, requested clear,
      requested set
    `,
    refused: 'requested resume, requested start, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
    'waiting for search': 'profile-changed redefined',
  },
  readying: {
    asking: 'profile-changed redefined, profile-changed without it, timer-rang, requested stop, requested restart',
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, swept
    `,
    kept: 'began, profile-changed same, requested pause, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    running: 'became-ready',
    said: 'escalation-failed, ask-failed',
    sweeping: 'exited',
  },
  running: {
    asking: 'profile-changed redefined, profile-changed without it, requested stop, requested restart',
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: 'began, profile-changed same, requested pause, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed',
    sweeping: 'exited',
  },
  lacking: {
    asking: 'requested stop, requested restart',
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched nothing, service-changed up, service-changed changing,
      service-changed down, service-changed unknown, script-ended ok, script-ended failed, became-ready, swept
    `,
    kept: 'began, profile-changed same, requested pause, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    running: 'searched one',
    said: 'escalation-failed, ask-failed',
    scripting: 'timer-rang',
    'waiting for search': 'profile-changed redefined',
  },
  settling: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed changing,
      script-ended ok, script-ended failed, became-ready, swept
    `,
    kept: 'began, profile-changed same, requested pause, requested restart, requested clear, requested set',
    refused: 'requested resume, requested start, requested unset',
    running: 'service-changed up',
    said: 'escalation-failed, ask-failed',
    scripting: 'service-changed down, timer-rang',
    stopped: 'requested stop',
    'waiting for appearance': 'service-changed unknown',
    'waiting for search': 'profile-changed redefined',
  },
  asking: {
    ignored: `
      launched ok, launched failed, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, requested pause,
      requested start, requested restart, requested clear, requested set
    `,
    refused: 'requested resume, requested stop, requested unset',
    said: 'escalation-failed, ask-failed',
    sweeping: 'exited, timer-rang',
  },
  sweeping: {
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, timer-rang
    `,
    kept: `
      began, profile-changed same, profile-changed redefined, profile-changed without it, requested pause,
      requested stop, requested restart, requested clear, requested set
    `,
    launching: 'swept',
    refused: 'requested resume, requested start, requested unset',
    said: 'escalation-failed, ask-failed',
  },
  exited: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: 'began, profile-changed same, requested pause, requested clear, requested set',
    launching: 'profile-changed redefined, requested start, requested restart',
    refused: 'requested resume, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
  },
  fatal: {
    gone: 'profile-changed without it',
    ignored: `
      launched ok, launched failed, exited, searched one, searched nothing, service-changed up,
      service-changed changing, service-changed down, service-changed unknown, script-ended ok,
      script-ended failed, became-ready, swept, timer-rang
    `,
    kept: 'began, profile-changed same, requested pause, requested set',
    launching: 'profile-changed redefined, requested start, requested restart, requested clear',
    refused: 'requested resume, requested unset',
    said: 'escalation-failed, ask-failed',
    stopped: 'requested stop',
  },
};
