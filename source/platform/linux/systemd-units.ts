import type { ServiceState } from '../../ports/service-manager.ts';
import type { Answer, Properties, SystemdConnection } from './systemd-connection.ts';
import { SystemdUnit } from './systemd-unit.ts';

/** Units asked for at once: enough to keep the manager busy, few enough that others get their turn with it. */
const readAtOnce = 16;

/** The watched units of one manager. Reads each when the connection opens and when the manager has reloaded; all else comes by signals. */
export class SystemdUnits {
  private connection: SystemdConnection | null = null;
  /** By the name that the caller gave: `cups` and `cups.service` may both be watched. */
  private readonly byService = new Map<string, SystemdUnit>();
  /** An alias has the path of its unit, so several may share one. */
  private readonly byPath = new Map<string, Set<SystemdUnit>>();
  private readonly toRead = new Set<SystemdUnit>();
  private reading = 0;

  get size(): number {
    return this.byService.size;
  }

  /** Of a service that is watched already: what is known of it stays, the state is told anew. */
  add(service: string, report: (state: ServiceState) => void): void {
    const unit = this.byService.get(service) ?? new SystemdUnit(service);
    unit.tell(report);
    this.byService.set(service, unit);
    this.read([unit]);
  }

  remove(service: string): void {
    const unit = this.byService.get(service);
    if (unit === undefined) return;
    this.byService.delete(service);
    this.toRead.delete(unit);
    this.place(unit, null);
  }

  clear(): void {
    this.connection = null;
    this.byService.clear();
    this.byPath.clear();
    this.toRead.clear();
  }

  connected(connection: SystemdConnection): void {
    this.connection = connection;
    for (const unit of this.byService.values()) unit.reportAnew();
    this.readAll();
  }

  /** What was reported stands: nothing is known that contradicts it. */
  disconnected(): void {
    this.connection = null;
    this.toRead.clear();
    this.byPath.clear();
  }

  /** Tells those who have heard nothing yet why. */
  unreachable(why: string): void {
    for (const unit of this.byService.values()) if (!unit.wasReported) unit.setUnknown(why);
  }

  readAll(): void {
    this.read(this.byService.values());
  }

  changed(path: string, changes: Properties): void {
    for (const unit of this.byPath.get(path) ?? []) if (unit.change(changes) === 'confirm') this.confirm(unit, path);
  }

  /**
   * systemd says failed on its way to restarting a unit by itself, and a moment later that it does. An engine that took
   * its word would start the service too. What it answers now, it says when it has decided.
   */
  private confirm(unit: SystemdUnit, path: string): void {
    const { connection } = this;
    connection?.activeState(path, (answer) => {
      if (!this.isCurrent(connection, unit)) return;
      if (answer.ok) unit.confirm(answer.value);
      else if (answer.error === null) connection.abandon();
    });
  }

  /** UnitNew. Reading a unit that does not exist makes one for a moment, so only what really was loaded is read. */
  async appeared(path: string): Promise<void> {
    const { connection } = this;
    for (const unit of [...(this.byPath.get(path) ?? [])]) {
      if (!unit.isUnknown || this.toRead.has(unit)) continue;
      const answer = await connection?.manager('ListUnitsByPatterns', 'asas', [], [unit.name]);
      const listed = answer?.ok === true ? (answer.value as readonly (readonly string[])[]) : [];
      // The third field is the load state.
      if (listed.some((fields) => fields[2] !== 'not-found') && this.isWatched(unit)) this.read([unit]);
    }
  }

  private isWatched(unit: SystemdUnit): boolean {
    return this.byService.get(unit.service) === unit;
  }

  private read(units: Iterable<SystemdUnit>): void {
    for (const unit of units) this.toRead.add(unit);
    while (this.connection !== null && this.reading < readAtOnce) {
      const [unit] = this.toRead;
      if (unit === undefined) return;
      this.toRead.delete(unit);
      this.reading += 1;
      void this.readOne(this.connection, unit, () => {
        this.reading -= 1;
        this.read([]);
      });
    }
  }

  private async readOne(connection: SystemdConnection, unit: SystemdUnit, done: () => void): Promise<void> {
    const take = (answer: Answer): void => {
      if (this.isCurrent(connection, unit)) {
        if (answer.ok) unit.setAll(answer.value as Properties);
        else if (answer.error !== null) unit.setUnknown(answer.text);
        // A manager that answers nothing for so long is as good as gone; a new connection may find it well.
        else connection.abandon();
      }
      done();
    };
    const loaded = await connection.manager('LoadUnit', 's', unit.name);
    if (!loaded.ok || !this.isCurrent(connection, unit)) return take(loaded);
    // From here on changes are heard; those that come before the properties themselves are in them.
    const path = String(loaded.value);
    this.place(unit, path);
    connection.propertiesOf(path, take);
  }

  private isCurrent(connection: SystemdConnection, unit: SystemdUnit): boolean {
    return connection === this.connection && this.isWatched(unit);
  }

  private place(unit: SystemdUnit, path: string | null): void {
    const old = unit.path === null ? undefined : this.byPath.get(unit.path);
    old?.delete(unit);
    if (unit.path !== null && old?.size === 0) this.byPath.delete(unit.path);
    unit.path = path;
    if (path === null) return;
    const units = this.byPath.get(path) ?? new Set();
    this.byPath.set(path, units.add(unit));
  }
}
