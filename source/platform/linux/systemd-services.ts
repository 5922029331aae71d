import type { ServiceManager, ServiceResult, ServiceScope, ServiceState } from '../../ports/service-manager.ts';
import { type SystemdSurroundings, systemdAddresses } from './systemd-address.ts';
import { SystemdManager } from './systemd-manager.ts';

/** Services as systemd manages them: the machine's, and those of the user that the engine runs as. */
export class SystemdServices implements ServiceManager {
  private readonly managers: Readonly<Record<ServiceScope, SystemdManager>>;

  /** `problem` hears, once for each outage, that a manager whose services are watched cannot be reached. */
  constructor(
    problem: (text: string) => void,
    surroundings: SystemdSurroundings = { user: process.geteuid?.() ?? -1, environment: process.env },
  ) {
    const manager = (scope: ServiceScope) => new SystemdManager(scope, systemdAddresses(scope, surroundings), problem);
    this.managers = { system: manager('system'), user: manager('user') };
  }

  watch(scope: ServiceScope, service: string, report: (state: ServiceState) => void): void {
    this.managers[scope].watch(service, report);
  }

  unwatch(scope: ServiceScope, service: string): void {
    this.managers[scope].unwatch(service);
  }

  start(scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void {
    void this.managers[scope].order('start', service, report);
  }

  stop(scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void {
    void this.managers[scope].order('stop', service, report);
  }

  close(): void {
    for (const manager of Object.values(this.managers)) manager.close();
  }
}
