// This very process as a service of Windows: what its manager is told of us, and what it tells us.

import { setTimeout as delay } from 'node:timers/promises';
import { closeEventLog, eventType, openEventLog, reportEvent } from '../../../native-bindings/windows/event-log.ts';
import { serviceControl, serviceState } from '../../../native-bindings/windows/service-control.ts';
import { dispatchService, type OwnStatus } from '../../../native-bindings/windows/service-dispatcher.ts';
import type { ManagerOrders, ServiceNotifier } from '../system.ts';
import { eventSource } from './event-source.ts';

/** <winsvc.h> */
const SERVICE_ACCEPT_STOP = 0x01;
const SERVICE_ACCEPT_PAUSE_CONTINUE = 0x02;
const SERVICE_ACCEPT_SHUTDOWN = 0x04;
const SERVICE_ACCEPT_PRESHUTDOWN = 0x100;
const accepted =
  SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PAUSE_CONTINUE | SERVICE_ACCEPT_SHUTDOWN | SERVICE_ACCEPT_PRESHUTDOWN;

/** How long a start, a stop or a pause may take before Windows thinks that we hang. */
const patienceMs = 30_000;
/** Once we have said that we have stopped, Windows lets us go at once. */
const farewellMs = 2_000;

class OwnService implements ServiceNotifier {
  readonly watchdogIntervalMs = null;
  readonly #name: string;
  #tell: (status: OwnStatus) => void = () => {};
  #state: number = serviceState.START_PENDING;
  #orders: ManagerOrders | null = null;
  readonly #begun = Promise.withResolvers<void>();
  #isDispatched: Promise<unknown> = Promise.resolve();

  constructor(name: string) {
    this.#name = name;
  }

  begin(): void {
    this.#isDispatched = dispatchService(this.#name, {
      begun: (tell) => {
        this.#tell = tell;
        this.#say(this.#state);
        this.#begun.resolve();
      },
      told: (control) => this.#obey(control),
    });
  }

  ready(): void {
    if (this.#state === serviceState.START_PENDING) this.#say(serviceState.RUNNING);
  }

  status(): void {
    // Windows has no place for it.
  }

  stopping(): void {
    this.#say(serviceState.STOP_PENDING);
  }

  watchdog(): void {
    // Windows does not ask for it.
  }

  listen(orders: ManagerOrders): void {
    this.#orders = orders;
  }

  async ended(exitStatus: number): Promise<void> {
    // One that cannot begin is done before Windows has asked for it.
    await Promise.race([this.#begun.promise, this.#isDispatched, delay(patienceMs)]);
    this.#say(serviceState.STOPPED, exitStatus);
    await Promise.race([this.#isDispatched, delay(farewellMs)]);
  }

  #say(state: number, exitStatus = 0): void {
    this.#state = state;
    const isSettled = state === serviceState.RUNNING || state === serviceState.PAUSED || state === serviceState.STOPPED;
    const controls = state === serviceState.RUNNING || state === serviceState.PAUSED ? accepted : 0;
    this.#tell({ state, controls, exitStatus, waitHintMs: isSettled ? 0 : patienceMs });
  }

  #obey(control: number): boolean {
    switch (control) {
      case serviceControl.INTERROGATE:
        return true;
      case serviceControl.STOP:
        return this.#stop('the service was stopped');
      case serviceControl.SHUTDOWN:
      case serviceControl.PRESHUTDOWN:
        return this.#stop('Windows shuts down');
      case serviceControl.PAUSE:
        this.#say(serviceState.PAUSE_PENDING);
        this.#orders?.pause(() => this.#settle(serviceState.PAUSE_PENDING, serviceState.PAUSED));
        return true;
      case serviceControl.CONTINUE:
        this.#say(serviceState.CONTINUE_PENDING);
        this.#orders?.resume(() => this.#settle(serviceState.CONTINUE_PENDING, serviceState.RUNNING));
        return true;
      default:
        return false;
    }
  }

  #stop(reason: string): boolean {
    this.#say(serviceState.STOP_PENDING);
    this.#orders?.stop(reason);
    return true;
  }

  /** Unless something else came in between. */
  #settle(from: number, to: number): void {
    if (this.#state === from) this.#say(to);
  }
}

/** One process is one service. */
let own: OwnService | null = null;

export interface RunningService {
  /** What others write to stderr: a service has none. */
  readonly complain: (text: string) => void;
  /** To be done at the end, with our exit status. */
  readonly ended: (exitStatus: number) => Promise<void>;
}

/** To be called early: Windows waits half a minute for it. */
export function beginOwnService(name: string): RunningService {
  const service = new OwnService(name);
  own = service;
  service.begin();
  return { complain, ended: (exitStatus) => service.ended(exitStatus) };
}

/** Beside the numbers of notices. */
const complaintNumber = 1;

/** Rare, and before a word of it there may be no engine: so it goes straight into the log, and may fail. */
function complain(text: string): void {
  const log = openEventLog(eventSource.name);
  if (log < 0) return;
  reportEvent(log, { type: eventType.WARNING, id: complaintNumber, text: text.trim() }, () => closeEventLog(log));
}

/** Who hears of us; nobody where we are no service. */
export function createServiceNotifier(): ServiceNotifier {
  return own ?? nobody;
}

const nobody: ServiceNotifier = {
  ready: () => {},
  status: () => {},
  stopping: () => {},
  watchdogIntervalMs: null,
  watchdog: () => {},
  listen: () => {},
};
