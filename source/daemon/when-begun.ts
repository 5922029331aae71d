import type { Caller, Handlers } from '../control/dispatch.ts';
import type { Method } from '../control/protocol.ts';

/**
 * The socket stands before the engine has taken its processes over, so that a second engine is refused early. Whoever asks
 * meanwhile is answered when there is something true to say, not with an empty list.
 */
export function whenBegun(handlers: Handlers, begun: Promise<void>): Handlers {
  const waiting = (Object.keys(handlers) as Method[]).map((method) => {
    const handle = handlers[method] as (parameters: unknown, caller: Caller) => unknown;
    return [
      method,
      async (parameters: unknown, caller: Caller) => {
        await begun;
        return handle(parameters, caller);
      },
    ];
  });
  return Object.fromEntries(waiting) as Handlers;
}
