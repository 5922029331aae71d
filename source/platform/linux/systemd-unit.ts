import type { Instance } from '../../ports/instance.ts';
import type { ServiceState } from '../../ports/service-manager.ts';
import type { Properties } from './systemd-connection.ts';
import { mainInstance } from './systemd-main-process.ts';
import { unitName } from './systemd-name.ts';
import { isSameState, stateOf, unknown } from './systemd-unit-state.ts';

/** Nothing runs, nothing will: unless it is said in passing, between the end of a process and systemd's own restart of it. */
const isIdle = (activeState: unknown): boolean => activeState === 'inactive' || activeState === 'failed';

/** One watched unit: what the manager said of it, and what was reported. */
export class SystemdUnit {
  /** As the caller named it. */
  readonly service: string;
  /** As systemd names it. */
  readonly name: string;
  /** Its object's path on D-Bus; null until the manager was asked. */
  path: string | null = null;
  private report: (state: ServiceState) => void = () => {};
  private properties: Properties | null = null;
  private main: {
    readonly pid: number;
    readonly startedUs: bigint;
    readonly instance: Instance | 'gone' | null;
  } | null = null;
  private reported: ServiceState | null = null;
  private lastDown: ServiceState | null = null;

  constructor(service: string) {
    this.service = service;
    this.name = unitName(service);
  }

  get isUnknown(): boolean {
    return this.reported === null || this.reported.is === 'unknown';
  }

  get wasReported(): boolean {
    return this.reported !== null;
  }

  /** Whom to tell from now on, and the next state whether it is new or not. */
  tell(report: (state: ServiceState) => void): void {
    this.report = report;
    this.reportAnew();
  }

  /** The next state is reported whether it is new or not. */
  reportAnew(): void {
    this.reported = null;
  }

  /** Everything that the manager knows of it now. */
  setAll(properties: Properties): void {
    this.properties = properties;
    this.publish();
  }

  /** What changed; answers whether it has to be confirmed. Before everything is known it says nothing: what is read afterwards has it too. */
  change(changes: Properties): 'confirm' | 'done' {
    // The manager sends what belongs to services first and ActiveState last, so that with it the whole is of one moment.
    if (this.properties === null || !('ActiveState' in changes)) {
      this.properties &&= { ...this.properties, ...changes };
      return 'done';
    }
    this.properties = { ...this.properties, ...changes };
    if (isIdle(changes['ActiveState'])) return 'confirm';
    this.publish();
    return 'done';
  }

  /** The manager's answer to a question that was asked after the unit had become idle. */
  confirm(activeState: unknown): void {
    if (isIdle(activeState) && this.properties !== null) this.publish();
  }

  setUnknown(why: string): void {
    this.properties = null;
    this.say(unknown(why));
  }

  private publish(): void {
    const state = stateOf(this.name, this.properties ?? {}, this.mainProcess());
    // An idle unit is unloaded, and its last end with it; that is no news about how it ended.
    const keepsExit = state.is === 'down' && state.exit === null && this.lastDown?.exit != null;
    this.say(keepsExit ? { ...state, exit: this.lastDown?.exit ?? null } : state);
  }

  private say(state: ServiceState): void {
    this.lastDown = state.is === 'down' ? state : null;
    if (this.reported !== null && isSameState(this.reported, state)) return;
    this.reported = state;
    this.report(state);
  }

  /** Read from /proc once for each main process, so that its identity cannot change under it. */
  private mainProcess(): Instance | 'gone' | null {
    const pid = Number(this.properties?.['MainPID'] ?? 0);
    const startedUs = BigInt((this.properties?.['ExecMainStartTimestampMonotonic'] as bigint | undefined) ?? 0n);
    if (pid === 0) this.main = null;
    else if (this.main?.pid !== pid || this.main.startedUs !== startedUs)
      this.main = { pid, startedUs, instance: mainInstance(pid, startedUs) };
    return this.main?.instance ?? null;
  }
}
