import type { FieldTable } from './field.ts';

/** What the same thing is called in systemd, supervisord, Docker Compose and PM2, from which many profiles are carried over by hand. */
const meanings: Readonly<Record<string, string>> = {
  cwd: 'directory',
  workingdirectory: 'directory',
  workingdir: 'directory',
  chdir: 'directory',
  env: 'environment',
  envfile: 'environmentFile',
  exec: 'command',
  execstart: 'command',
  cmd: 'command',
  entrypoint: 'command',
  script: 'command',
  args: 'command',
  numprocs: 'instances',
  replicas: 'instances',
  scale: 'instances',
  after: 'dependsOn',
  requires: 'dependsOn',
  wants: 'dependsOn',
  healthcheck: 'ready',
  readinessprobe: 'ready',
  autorestart: 'restart.when',
  restartpolicy: 'restart.when',
  startretries: 'restart.limit',
  maxrestarts: 'restart.limit',
  startlimitburst: 'restart.limit',
  startlimitintervalsec: 'restart.within',
  restartsec: 'restart.delay',
  exitcodes: 'restart.successExitCodes',
  execstop: 'stop.run',
  stopsignal: 'stop.signal',
  killsignal: 'stop.signal',
  stopwaitsecs: 'stop.grace',
  stopgraceperiod: 'stop.grace',
  timeoutstopsec: 'stop.grace',
  killtimeout: 'stop.grace',
  stdout: 'output.file',
  stdoutlogfile: 'output.file',
  logfile: 'output.file',
  standardoutput: 'output.file',
  pidfile: 'match.pidFile',
  unit: 'service',
  servicename: 'service',
  failureaction: 'escalation',
  services: 'processes',
  programs: 'processes',
};

/** The field that an unknown key probably means although it is spelled quite differently: another program's word, or a field one level too high. */
export function topicOf(key: string, table: FieldTable): string | null {
  const bare = key.toLowerCase().replace(/[-_ ]/g, '');
  const meaning = Object.hasOwn(meanings, bare) ? meanings[bare] : undefined;
  const paths = Object.keys(table);
  if (meaning !== undefined && paths.some((path) => path === meaning || path.startsWith(`${meaning}.`))) return meaning;
  return paths.find((path) => path.split('.').at(-1)?.toLowerCase() === bare) ?? null;
}
