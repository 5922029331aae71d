import type { Answer, Request } from '../engine/request.ts';
import type { ServiceNotifier } from '../platform/system.ts';

export interface ManagedEngine {
  every(ms: number, act: () => void): void;
  request(by: string, request: Request, answer: (answer: Answer) => void): void;
  stop(reason: string): void;
}

/** In notices, as whoever paused or resumed. */
const managerName = 'the service manager';

/** The service manager of the system hears that the engine is at work, and that it lives; what it asks is done. */
export function reportToManager(manager: ServiceNotifier, status: string, engine: ManagedEngine): void {
  manager.listen({
    stop: (reason) => engine.stop(reason),
    pause: (done) => {
      const why = 'the service of procsaver was paused';
      engine.request(managerName, { verb: 'pause', target: '--all', why, untilMs: null }, done);
    },
    resume: (done) => engine.request(managerName, { verb: 'resume', target: '--all' }, done),
  });
  manager.ready(status);
  if (manager.watchdogIntervalMs !== null) engine.every(manager.watchdogIntervalMs, () => manager.watchdog());
}
