import type { Escalator } from '../ports/escalator.ts';
import type { ScriptRunner } from '../ports/script-runner.ts';

export interface EscalatorOptions {
  readonly scripts: ScriptRunner;
  /** Where the output of the reboot command is kept. */
  readonly outputFile: string;
  /** What reboots this machine. */
  readonly rebootCommand: readonly string[];
}

/** The escalations that leave this program. A cluster and plugins are not there in this version, and that is what is said. */
export function createEscalator({ scripts, outputFile, rebootCommand }: EscalatorOptions): Escalator {
  return {
    failover: (group, _reason, report) =>
      report(`no cluster is connected to this engine, so ${group} stays down on this node; move it by hand`),
    plugin: (name, _group, _reason, report) => report(`there is no plugin named ${name}; this version runs none`),
    reboot(reason, report) {
      const request = {
        launch: null,
        command: [...rebootCommand, `procsaver: ${reason}`],
        directory: null,
        environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
        user: null,
        group: null,
        umask: null,
        nice: null,
        outputFile,
      };
      scripts.run('escalation:reboot', request, (result) => report(result.ok ? null : result.problem));
    },
  };
}
