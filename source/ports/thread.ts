/** One thread of a process as the system sees it at one moment. */
export interface ThreadSeen {
  readonly tid: number;
  readonly name: string;
  /** The kernel's letter: `R` runs or wants to, `S` sleeps, `D` sleeps and cannot be woken, `T` stopped, `t` held by a tracer, `Z` has ended. */
  readonly state: string;
  /** The function of the kernel that it sleeps in; empty where it does not, or it may not be told. */
  readonly waitsIn: string;
  /** The system call that it is in: `read`; empty outside of any, or where it may not be told. */
  readonly call: string;
  /** What that call is about: a file, `socket:[71234]`, `pipe:[7021]`; empty where it is about none. */
  readonly file: string;
  /** How often it was given a CPU so far. Equal at two looks: it has not moved between them. 0 where nobody counts. */
  readonly runs: number;
}

export interface ThreadsSeen {
  /** The main thread first, at most as many as were asked for. */
  readonly threads: readonly ThreadSeen[];
  /** So many are not among them. */
  readonly more: number;
  /** Why there are none, or why of these not all is told; null: all is well. */
  readonly problem: string | null;
}
