import { errorCode } from '../../../native-bindings/windows/result.ts';
import {
  closeService,
  managerRight,
  openService,
  openServiceManager,
  queryService,
  serviceRight,
} from '../../../native-bindings/windows/service-control.ts';
import { ServiceNotifications } from '../../../native-bindings/windows/service-notifications.ts';
import type { ServiceManager, ServiceResult, ServiceScope, ServiceState } from '../../ports/service-manager.ts';
import { mainInstance } from './service-main-process.ts';
import { ServiceOrders } from './service-orders.ts';
import { errorWords, stateOf, unknownService } from './service-words.ts';

/** How often a service is asked: where the manager tells of changes, in case that it has not; where it does not; while it is at work. */
const betweenLooksMs = { told: 5_000, untold: 500, changing: 100 } as const;

interface Watched {
  readonly service: string;
  report: (state: ServiceState) => void;
  /** What was reported, to tell news from the same again. */
  reported: string | null;
  /** At the manager's notifications, with the handle that stays open for it; null without. */
  subscription: { readonly id: number; readonly service: number } | null;
  /** Whoever removes it waits for us to let go of it: no more notifications until it is another one. */
  isLeaving: boolean;
  /** On the monotonic clock. */
  nextLookMs: number;
}

/** Services as the service control manager of Windows keeps them. There is only the machine's, whatever the scope. */
export class WindowsServices implements ServiceManager {
  readonly #problem: (text: string) => void;
  readonly #orders = new ServiceOrders();
  readonly #watched = new Map<string, Watched>();
  /** What was stopped with a service because it needs it: started again behind it. */
  readonly #stoppedWith = new Map<string, readonly string[]>();
  #notifications: ServiceNotifications | null | undefined;
  #manager = 0;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #hasToldOutage = false;

  /** `problem` hears, once for each outage, that the manager cannot be reached. */
  constructor(problem: (text: string) => void) {
    this.#problem = problem;
  }

  watch(_scope: ServiceScope, service: string, report: (state: ServiceState) => void): void {
    const known = this.#watched.get(service);
    const watched = known ?? { service, report, reported: null, subscription: null, isLeaving: false, nextLookMs: 0 };
    watched.report = report;
    watched.reported = null;
    watched.nextLookMs = 0;
    this.#watched.set(service, watched);
    this.#lookSoon();
  }

  unwatch(_scope: ServiceScope, service: string): void {
    const watched = this.#watched.get(service);
    if (watched === undefined) return;
    this.#watched.delete(service);
    this.#unsubscribe(watched);
  }

  start(_scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void {
    this.#order('start', service, report);
  }

  stop(_scope: ServiceScope, service: string, report: (result: ServiceResult) => void): void {
    this.#order('stop', service, report);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const watched of this.#watched.values()) this.#unsubscribe(watched);
    this.#watched.clear();
    this.#orders.close();
    if (this.#manager > 0) closeService(this.#manager);
  }

  #order(verb: 'start' | 'stop', service: string, report: (result: ServiceResult) => void): void {
    const dependents = verb === 'start' ? (this.#stoppedWith.get(service) ?? []) : [];
    this.#orders.give({ verb, service, dependents }, (result) => {
      if (this.#isClosed) return;
      if (verb === 'start') this.#stoppedWith.delete(service);
      else if (result.stopped.length > 0) this.#stoppedWith.set(service, result.stopped);
      report(result.ok ? { ok: true } : { ok: false, problem: result.problem });
      this.#lookAtOnce(service);
    });
  }

  #lookAtOnce(service: string): void {
    const watched = this.#watched.get(service);
    if (watched === undefined) return;
    watched.nextLookMs = 0;
    this.#lookSoon();
  }

  /** In a turn of its own, so that whoever asks is done first. */
  #lookSoon(): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const now = performance.now();
    const next = Math.min(...[...this.#watched.values()].map(({ nextLookMs }) => nextLookMs));
    this.#timer = Number.isFinite(next) ? setTimeout(() => this.#look(), Math.max(0, next - now)).unref() : null;
  }

  #look(): void {
    const now = performance.now();
    for (const watched of [...this.#watched.values()]) {
      // A report may have taken it out.
      if (watched.nextLookMs > now || !this.#watched.has(watched.service)) continue;
      const state = this.#stateOf(watched);
      if (state === null) {
        watched.nextLookMs = now + betweenLooksMs.untold;
        continue;
      }
      const pace = state.is === 'changing' ? 'changing' : watched.subscription === null ? 'untold' : 'told';
      watched.nextLookMs = now + betweenLooksMs[pace];
      const text = JSON.stringify(state);
      if (text === watched.reported) continue;
      watched.reported = text;
      watched.report(state);
    }
    this.#lookSoon();
  }

  /** Null while the manager cannot be reached: nothing is known that contradicts what was reported. */
  #stateOf(watched: Watched): ServiceState | null {
    const manager = this.#reach();
    if (manager < 0) return watched.reported === null ? unknownService(-manager) : null;
    // Opened for each look: as long as somebody holds a handle a service cannot be removed, and not everybody is told that it is to be.
    const service = openService(manager, watched.service, serviceRight.QUERY_STATUS);
    if (service < 0) {
      if (service === -errorCode.ERROR_INVALID_HANDLE) this.#manager = 0;
      this.#unsubscribe(watched);
      watched.isLeaving = false;
      return unknownService(-service);
    }
    try {
      this.#subscribe(watched, service);
      const status = queryService(service);
      return typeof status === 'number' ? unknownService(-status) : stateOf(status, mainInstance(status.pid));
    } finally {
      if (watched.subscription?.service !== service) closeService(service);
    }
  }

  #reach(): number {
    if (this.#manager > 0) return this.#manager;
    this.#manager = openServiceManager(managerRight.CONNECT);
    if (this.#manager < 0 && !this.#hasToldOutage)
      this.#problem(`The service control manager of Windows cannot be reached: ${errorWords(-this.#manager)}.`);
    this.#hasToldOutage = this.#manager < 0;
    return this.#manager;
  }

  #subscribe(watched: Watched, service: number): void {
    if (watched.subscription !== null || watched.isLeaving) return;
    if (this.#notifications === undefined) this.#notifications = ServiceNotifications.open();
    const id = this.#notifications?.add(service, ({ isBeingDeleted }) => {
      watched.isLeaving = isBeingDeleted;
      if (isBeingDeleted) this.#unsubscribe(watched);
      this.#lookAtOnce(watched.service);
    });
    // Refused: it is asked as often as where there are no notifications.
    if (id !== undefined && id >= 0) watched.subscription = { id, service };
  }

  #unsubscribe(watched: Watched): void {
    if (watched.subscription === null) return;
    const { id, service } = watched.subscription;
    watched.subscription = null;
    this.#notifications?.remove(id, () => closeService(service));
  }
}
