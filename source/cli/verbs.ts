import type { CommandName, FormName } from './commands.ts';
import type { Run } from './context.ts';

/** The file of each command, read only when it is called: a short command starts fast, and a daemon carries no screen. */
export const verbs: Readonly<Record<CommandName | FormName, () => Promise<{ readonly run: Run }>>> = {
  status: () => import('./verb/status.ts'),
  events: () => import('./verb/events.ts'),
  params: () => import('./verb/params.ts'),
  pause: () => import('./verb/pause.ts'),
  resume: () => import('./verb/resume.ts'),
  start: () => import('./verb/start.ts'),
  stop: () => import('./verb/stop.ts'),
  restart: () => import('./verb/restart.ts'),
  clear: () => import('./verb/clear.ts'),
  dump: () => import('./verb/dump.ts'),
  heartbeat: () => import('./verb/heartbeat.ts'),
  evidence: () => import('./verb/evidence.ts'),
  set: () => import('./verb/set.ts'),
  unset: () => import('./verb/unset.ts'),
  why: () => import('./verb/why.ts'),
  reload: () => import('./verb/reload.ts'),
  check: () => import('./verb/check.ts'),
  shutdown: () => import('./verb/shutdown.ts'),
  service: () => import('./verb/service.ts'),
  version: () => import('./verb/version.ts'),
  help: () => import('./verb/help.ts'),
  console: () => import('./verb/console.ts'),
  daemon: () => import('./verb/daemon.ts'),
};
