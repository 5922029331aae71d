/** Nobody answers at the socket: no engine of that instance is running. */
export class NoEngine extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`no engine answers at ${path}`);
    this.name = 'NoEngine';
    this.path = path;
  }
}

/** The engine's socket is there, but belongs to somebody else. */
export class NotPermitted extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`not permitted to connect to ${path}`);
    this.name = 'NotPermitted';
    this.path = path;
  }
}

/** The connection was lost, or the engine does not answer any more. What was asked for may or may not have been done. */
export class EngineGone extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EngineGone';
  }
}

/**
 * The engine understood and says no; the message says what, to what and why. Handlers throw it, clients receive it.
 * Whatever else a handler throws is a mistake in the program.
 */
export class RequestRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'RequestRefused';
  }
}
