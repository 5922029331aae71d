import { commandLine } from '../../../native-bindings/windows/command-line.ts';
import { writeMachineKey } from '../../../native-bindings/windows/registry.ts';
import { errorCode } from '../../../native-bindings/windows/result.ts';
import {
  closeService,
  managerRight,
  openService,
  openServiceManager,
  queryService,
  queryServiceConfiguration,
  serviceError,
  serviceRight,
} from '../../../native-bindings/windows/service-control.ts';
import { createService, deleteService } from '../../../native-bindings/windows/service-registration.ts';
import {
  type DaemonServiceStatus,
  type DaemonServices,
  daemonServiceName,
  type InstallPlan,
  type ServiceOutcome,
} from '../daemon-service.ts';
import { ownProgram } from '../own-program.ts';
import { ownServiceWord } from '../own-service-word.ts';
import { eventSource } from './event-source.ts';
import { orderService } from './service-order-helper.ts';
import { errorWords, stateOf } from './service-words.ts';

type Failed = Extract<ServiceOutcome<never>, { ok: false }>;

/** A daemon that was killed is started again after these; the failure actions of Windows know no more than the last one repeated. */
const restartDelaysMs = [1_000, 5_000, 30_000];
/** A daemon that writes its state and goes takes less. */
const preshutdownMs = 15_000;

const noUsers: Failed = {
  ok: false,
  isForbidden: false,
  problem: 'Windows has no services of users: leave --user out',
};

/** The daemon as a service of Windows, under LocalSystem. */
export const windowsDaemonServices: DaemonServices = {
  install(plan) {
    const service = daemonServiceName(plan.instance);
    if (plan.scope === 'user') return noUsers;
    return withManager(managerRight.CONNECT | managerRight.CREATE_SERVICE, (manager) => {
      const created = createService(
        manager,
        {
          name: service,
          shownName: plan.instance === 'default' ? 'procsaver' : `procsaver (${plan.instance})`,
          description: 'Keeps programs and services alive: sees a death at once, takes the evidence, restarts.',
          command: serviceCommand(service, plan),
          restartDelaysMs,
          preshutdownMs,
        },
        closeService,
      );
      if (created < 0) return failed(`${service} cannot be made a service`, created);
      const registered = writeMachineKey(eventSource.key, eventSource.values);
      if (registered < 0) return failed(`the source of events "${eventSource.name}" cannot be registered`, registered);
      const place = `services.msc, or sc qc ${service}`;
      if (!plan.isStarted) return { ok: true, value: { service, place, next: [`sc start ${service}`] } };
      const started = orderService({ verb: 'start', service, dependents: [] });
      if (!started.ok) return { ok: false, isForbidden: false, problem: started.problem };
      return { ok: true, value: { service, place, next: [] } };
    });
  },

  uninstall({ instance }) {
    const service = daemonServiceName(instance);
    return withManager(managerRight.CONNECT, (manager) => {
      const handle = openService(manager, service, serviceRight.DELETE | serviceRight.STOP | serviceRight.QUERY_STATUS);
      if (handle < 0) return failed(`${service} cannot be taken away`, handle);
      orderService({ verb: 'stop', service, dependents: [] });
      const removed = deleteService(handle);
      closeService(handle);
      if (removed < 0) return failed(`${service} cannot be taken away`, removed);
      // The source of events stays: what stands in the log could not be read any more without it.
      return { ok: true, value: { service, place: 'services.msc' } };
    });
  },

  status({ instance }) {
    const service = daemonServiceName(instance);
    return withManager<DaemonServiceStatus>(managerRight.CONNECT, (manager) => {
      const place = `services.msc, or sc qc ${service}`;
      const handle = openService(manager, service, serviceRight.QUERY_STATUS | serviceRight.QUERY_CONFIG);
      if (handle === -serviceError.ERROR_SERVICE_DOES_NOT_EXIST) {
        const words = errorWords(serviceError.ERROR_SERVICE_DOES_NOT_EXIST);
        const nothing = { isInstalled: false, isEnabled: false, isRunning: false, pid: null };
        return { ok: true, value: { service, place, ...nothing, words } };
      }
      if (handle < 0) return failed(`${service} cannot be asked`, handle);
      const status = queryService(handle);
      const configuration = queryServiceConfiguration(handle);
      closeService(handle);
      if (typeof status === 'number') return failed(`${service} cannot be asked`, status);
      const { is, words } = stateOf(status, null);
      return {
        ok: true,
        value: {
          service,
          place,
          isInstalled: true,
          isEnabled: typeof configuration !== 'number' && !configuration.isDisabled,
          isRunning: is === 'up',
          pid: status.pid === 0 ? null : status.pid,
          words,
        },
      };
    });
  },
};

/** Windows gives a service no environment of its own, so that its home stands in its command. */
function serviceCommand(service: string, plan: InstallPlan): string {
  const { command, arguments: first } = ownProgram();
  const daemon = ['--daemon', '--instance', plan.instance, '--lang', plan.language, ...plan.profiles];
  return commandLine([command, ...first, ownServiceWord, service, plan.home ?? '', ...daemon]);
}

function withManager<Value>(rights: number, work: (manager: number) => ServiceOutcome<Value>): ServiceOutcome<Value> {
  const manager = openServiceManager(rights);
  if (manager < 0) return failed('the service control manager of Windows cannot be reached', manager);
  try {
    return work(manager);
  } finally {
    closeService(manager);
  }
}

function failed(what: string, result: number): Failed {
  const isForbidden = result === -errorCode.ERROR_ACCESS_DENIED;
  const advice = isForbidden ? '. Open a terminal with "Run as administrator" and give the command again' : '';
  return { ok: false, isForbidden, problem: `${what}: ${errorWords(-result)}${advice}` };
}
