import type { Method, Methods, Notifications } from './protocol.ts';

/** An engine as its clients see it: over a socket, or a double in a test. */
export interface EngineClient {
  /** Rejects with EngineGone when the connection is lost, or RequestRefused when the engine says no. */
  call<M extends Method>(method: M, parameters: Methods[M]['parameters']): Promise<Methods[M]['result']>;
  on<N extends keyof Notifications>(notification: N, listener: (value: Notifications[N]) => void): void;
  /** Called once when the connection has ended, whoever ended it. */
  onClose(listener: () => void): void;
  close(): void;
}
