import type { ServiceManager } from '../../ports/service-manager.ts';

const problem = 'this build does not reach the service control manager of Windows';

/** What a `service` entry is told until the service control manager is connected: that nothing is known, and why. */
export const noServices: ServiceManager = {
  watch: (_scope, _service, report) =>
    queueMicrotask(() => report({ is: 'unknown', main: null, exit: null, words: problem })),
  unwatch: () => {},
  start: (_scope, _service, report) => queueMicrotask(() => report({ ok: false, problem })),
  stop: (_scope, _service, report) => queueMicrotask(() => report({ ok: false, problem })),
};
