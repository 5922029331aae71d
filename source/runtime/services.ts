import type { ServiceManager } from '../ports/service-manager.ts';
import type { ProcessSpec } from '../profile/profile.ts';
import type { Outlets } from './perform.ts';

type ServiceSpec = Extract<ProcessSpec, { kind: 'service' }>;

/** Has the manager say how a service is, now and whenever that changes. Asked again, it says it again. */
export function listenToService(
  process: string,
  { scope, service }: ServiceSpec,
  services: ServiceManager,
  outlets: Pick<Outlets, 'happen'>,
): void {
  services.watch(scope, service, (state) => outlets.happen({ type: 'service-changed', process, state }));
}
