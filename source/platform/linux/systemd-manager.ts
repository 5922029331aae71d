import type { ServiceResult, ServiceScope, ServiceState } from '../../ports/service-manager.ts';
import type { SystemdAddress } from './systemd-address.ts';
import { connectSystemd, type SystemdConnection } from './systemd-connection.ts';
import { SystemdJobs } from './systemd-jobs.ts';
import { unitName } from './systemd-name.ts';
import { SystemdUnits } from './systemd-units.ts';

/** Waits before the next attempt to reach a manager that is gone. */
const firstRetryMs = 50;
const longestRetryMs = 2_000;
/** A manager that executes itself anew is back within this; only a longer outage is a problem to tell. */
const toleratedOutageMs = 5_000;
/** A connection that lasted as long was a sound one; a shorter one counts as one more failed attempt. */
const soundConnectionMs = 1_000;

/** One systemd, of the machine or of a user: reached when it is first needed, and again whenever it is lost. */
export class SystemdManager {
  private readonly scope: ServiceScope;
  private readonly addresses: readonly SystemdAddress[];
  private readonly problem: (text: string) => void;
  private readonly units = new SystemdUnits();
  private readonly jobs = new SystemdJobs();
  private connection: SystemdConnection | null = null;
  private reaching: Promise<SystemdConnection | string> | null = null;
  private connectedAtMs = 0;
  private retryMs = firstRetryMs;
  private retryTimer: NodeJS.Timeout | null = null;
  private outageTimer: NodeJS.Timeout | null = null;
  private lastProblem = '';
  private readonly ending = new AbortController();

  constructor(scope: ServiceScope, addresses: readonly SystemdAddress[], problem: (text: string) => void) {
    this.scope = scope;
    this.addresses = addresses;
    this.problem = problem;
  }

  private get isClosed(): boolean {
    return this.ending.signal.aborted;
  }

  watch(service: string, report: (state: ServiceState) => void): void {
    this.units.add(service, report);
    void this.reach();
  }

  unwatch(service: string): void {
    this.units.remove(service);
  }

  async order(verb: 'start' | 'stop', service: string, report: (result: ServiceResult) => void): Promise<void> {
    const order = { verb, scope: this.scope, unit: unitName(service) };
    const connection = await this.reach();
    if (this.isClosed) return;
    if (typeof connection === 'string') report({ ok: false, problem: connection });
    else if (this.jobs.isFull)
      report({ ok: false, problem: `systemd was not asked to ${verb} ${order.unit}: too many orders are under way.` });
    else await this.jobs.give(connection, order, (result) => !this.isClosed && report(result));
  }

  close(): void {
    if (this.retryTimer !== null) clearTimeout(this.retryTimer);
    if (this.outageTimer !== null) clearTimeout(this.outageTimer);
    this.units.clear();
    this.jobs.close();
    this.connection = null;
    this.ending.abort();
  }

  /** The open connection, or why there is none. */
  private async reach(): Promise<SystemdConnection | string> {
    if (this.connection !== null) return this.connection;
    this.reaching ??= this.tryAddresses().finally(() => {
      this.reaching = null;
    });
    return this.reaching;
  }

  private async tryAddresses(): Promise<SystemdConnection | string> {
    const refusals: string[] = [];
    for (const address of this.addresses) {
      const opened = await this.open(address);
      if (typeof opened !== 'string') return opened;
      refusals.push(opened);
      if (this.isClosed) return 'closed';
    }
    this.lastProblem = `The ${this.scope} manager of systemd cannot be reached (${refusals.join('; ')}).`;
    this.units.unreachable(this.lastProblem);
    this.comeBack();
    return this.lastProblem;
  }

  private async open(address: SystemdAddress): Promise<SystemdConnection | string> {
    const connection = await connectSystemd(address, this.ending.signal);
    if ('problem' in connection) return connection.problem;
    const subscribed = await connection.subscribe({
      changed: (path, changes) => this.units.changed(path, changes),
      manager: (member, values) => this.hear(member, values),
      lost: () => this.lose(connection),
    });
    if (subscribed.ok && connection.isOpen && !this.isClosed) {
      this.begin(connection);
      return connection;
    }
    connection.close();
    return subscribed.ok ? 'the connection was lost at once' : subscribed.problem;
  }

  private begin(connection: SystemdConnection): void {
    this.connection = connection;
    this.connectedAtMs = performance.now();
    if (this.outageTimer !== null) clearTimeout(this.outageTimer);
    this.outageTimer = null;
    this.units.connected(connection);
  }

  private hear(member: string, values: readonly unknown[]): void {
    if (member === 'JobRemoved') this.jobs.ended(String(values[1]), String(values[3]));
    else if (member === 'UnitNew') void this.units.appeared(String(values[1]));
    // Reloaded: units may have come, gone or changed. True is the beginning of it.
    else if (member === 'Reloading' && values[0] === false) this.units.readAll();
  }

  private lose(connection: SystemdConnection): void {
    if (this.connection !== connection) return;
    this.connection = null;
    this.lastProblem = `The connection to the ${this.scope} manager of systemd was lost.`;
    this.units.disconnected();
    this.jobs.lost();
    if (performance.now() - this.connectedAtMs >= soundConnectionMs) this.retryMs = firstRetryMs;
    this.comeBack();
  }

  /** Tries again later, as long as somebody watches. */
  private comeBack(): void {
    if (this.isClosed || this.units.size === 0 || this.retryTimer !== null) return;
    this.outageTimer ??= setTimeout(() => this.tellOutage(), toleratedOutageMs);
    this.retryTimer = setTimeout(() => {
      this.retryTimer = null;
      void this.reach();
    }, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }

  private tellOutage(): void {
    // The timer stays set, so that one outage is told once.
    this.problem(`${this.lastProblem} Its services are shown as they were last known until it is back.`);
  }
}
