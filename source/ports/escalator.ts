/** Hands a failure that restarting did not cure over to somebody else. Each reports null when it was handed over, else why not. */
export interface Escalator {
  /** Tells the cluster that this node can no longer run the group. */
  failover(group: string, reason: string, report: (problem: string | null) => void): void;
  plugin(name: string, group: string, reason: string, report: (problem: string | null) => void): void;
  reboot(reason: string, report: (problem: string | null) => void): void;
}
