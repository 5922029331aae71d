// What the helper for services does: orders block until the service has done them, so that no engine may give them itself.
import { writeSync } from 'node:fs';
import {
  closeService,
  controlService,
  dependentServices,
  managerRight,
  openService,
  openServiceManager,
  queryService,
  type ServiceStatus,
  serviceControl,
  serviceError,
  serviceRight,
  serviceState,
  startService,
} from '../../../native-bindings/windows/service-control.ts';
import type { ServiceOrder, ServiceOrderResult } from './service-orders.ts';
import { errorWords, exitWords } from './service-words.ts';

/** The manager's own words say when a service is done; it has none for us, so it is asked this often. */
const betweenLooksMs = 50;
/** A service that says nothing of how long it may take. */
const leastPatienceMs = 30_000;

/** The order as JSON; its result is written on one line. */
export function helpWithServiceOrder([order = '']: readonly string[]): void {
  writeSync(1, `${JSON.stringify(orderService(JSON.parse(order) as ServiceOrder))}\n`);
}

/** Blocks until it is done. */
export function orderService(order: ServiceOrder): ServiceOrderResult {
  const manager = openServiceManager(managerRight.CONNECT);
  if (manager < 0) {
    const problem = `the service control manager cannot be reached: ${errorWords(-manager)}`;
    return { ok: false, problem, stopped: [] };
  }
  const result = obey(manager, order);
  closeService(manager);
  return result;
}

function obey(manager: number, { verb, service, dependents }: ServiceOrder): ServiceOrderResult {
  if (verb === 'stop') return stopWithDependents(manager, service);
  const problem = start(manager, service);
  if (problem !== null) return { ok: false, problem, stopped: [] };
  for (const dependent of dependents) {
    const failed = start(manager, dependent);
    if (failed !== null)
      return { ok: false, problem: `${failed} It needs ${service} and had been stopped with it.`, stopped: [] };
  }
  return { ok: true, stopped: [] };
}

/** Null when it runs, else a sentence. */
function start(manager: number, name: string): string | null {
  return withService(manager, name, 'start', serviceRight.START | serviceRight.QUERY_STATUS, (service) => {
    const result = startService(service);
    if (result < 0 && result !== -serviceError.ERROR_SERVICE_ALREADY_RUNNING) return errorWords(-result);
    const status = settled(service, serviceState.START_PENDING);
    if (status.state === serviceState.STOPPED) return `it stopped again: ${exitWords(status)}`;
    return status.state === serviceState.START_PENDING ? 'it is still starting' : null;
  });
}

function stopWithDependents(manager: number, name: string): ServiceOrderResult {
  const rights = serviceRight.ENUMERATE_DEPENDENTS | serviceRight.QUERY_STATUS;
  let dependents: readonly string[] = [];
  const problem = withService(manager, name, 'stop', rights, (service) => {
    const found = dependentServices(service);
    if (typeof found === 'number') return errorWords(-found);
    dependents = found;
    return null;
  });
  if (problem !== null) return { ok: false, problem, stopped: [] };
  const stopped: string[] = [];
  for (const one of [...dependents, name]) {
    const failed = stop(manager, one);
    if (failed !== null) return { ok: false, problem: failed, stopped };
    // The first that is started again is the last that was stopped.
    if (one !== name) stopped.unshift(one);
  }
  return { ok: true, stopped };
}

function stop(manager: number, name: string): string | null {
  return withService(manager, name, 'stop', serviceRight.STOP | serviceRight.QUERY_STATUS, (service) => {
    // One that is starting takes no orders yet.
    settled(service, serviceState.START_PENDING);
    const result = controlService(service, serviceControl.STOP);
    if (result < 0 && result !== -serviceError.ERROR_SERVICE_NOT_ACTIVE) return errorWords(-result);
    const status = settled(service, serviceState.STOP_PENDING, serviceState.RUNNING, serviceState.PAUSED);
    return status.state === serviceState.STOPPED ? null : 'it has not stopped in the time that it asked for';
  });
}

function withService(
  manager: number,
  name: string,
  verb: string,
  rights: number,
  work: (service: number) => string | null,
): string | null {
  const service = openService(manager, name, rights);
  const problem = service < 0 ? errorWords(-service) : work(service);
  if (service >= 0) closeService(service);
  return problem === null ? null : `Windows did not ${verb} ${name}: ${problem}.`;
}

/** How it stands when it is no longer in one of these states, or its time is over. */
function settled(service: number, ...pending: readonly number[]): ServiceStatus {
  const begin = performance.now();
  for (;;) {
    const status = queryService(service);
    if (typeof status === 'number') throw new Error(`QueryServiceStatusEx: error ${-status}`);
    const patienceMs = Math.max(leastPatienceMs, status.waitHintMs);
    if (!pending.includes(status.state) || performance.now() - begin > patienceMs) return status;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, betweenLooksMs);
  }
}
