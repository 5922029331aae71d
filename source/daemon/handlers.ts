import type { Handlers } from '../control/dispatch.ts';
import { RequestRefused } from '../control/failure.ts';
import type { EngineStatus, ReloadResult, SaveDifference, Status } from '../control/protocol.ts';
import type { Answer } from '../engine/request.ts';
import { groupStatus } from '../engine/snapshot.ts';
import type { EngineState } from '../engine/state.ts';
import type { GroupStatus, ProcessStatus } from '../engine/status.ts';
import { resolveTarget } from '../engine/target.ts';
import type { NoticeLine } from '../notices/notice.ts';
import type { Moment } from '../ports/clock.ts';
import { parameters } from '../profile/parameters.ts';
import { shownParameter } from '../profile/process-secrets.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { explanations } from './explanations.ts';
import { incident, incidentFile, incidents } from './incidents.ts';
import { lastLines } from './last-lines.ts';
import { type Looks, liveLook } from './live-look.ts';
import type { NoticesPage } from './notices-page.ts';
import { outputSince } from './output-since.ts';
import { restartsOf, samplesOf } from './recent-past.ts';
import { differenceWithoutSecrets, masked, secretsOf } from './without-secrets.ts';

/** How many notices a console gets when it attaches. */
const noticesAtOnce = 200;

export interface EngineServices {
  readonly runtime: Runtime;
  readonly now: () => Moment;
  readonly engine: () => EngineStatus;
  readonly measureAll: (done: () => void) => void;
  readonly measure: (name: string, process: ProcessStatus) => ProcessStatus;
  readonly notices: (sinceMs: number | null, limit: number | null) => readonly NoticeLine[];
  /** A page of the journal: the newest that are not newer than `untilMs` and told of the target. */
  readonly noticesPage: (page: NoticesPage) => Promise<readonly NoticeLine[]>;
  /** Absolute. */
  readonly evidenceDirectory: string;
  readonly reload: (by: string) => ReloadResult;
  /** What a reload would do. */
  readonly planReload: () => ReloadResult;
  readonly save: (target: string, by: string) => Answer;
  /** What saving would change. */
  readonly planSave: (target: string) => SaveDifference;
  readonly outputFile: (process: number, slot: number) => string;
  readonly lookAtThreads: Looks['threads'];
  readonly shutdown: (reason: string) => void;
}

/** The engine's side of the control protocol. */
export function controlHandlers(services: EngineServices): Handlers {
  const { runtime, now } = services;
  return {
    async status({ target }) {
      await measured(services);
      return statusOf(services, target);
    },
    act: (request, { operator }) => new Promise<Answer>((resolve) => runtime.request(operator, request, resolve)),
    params({ target }) {
      const process = runtime.state.processes[oneProcess(runtime.state, target)];
      if (process === undefined) throw new RequestRefused(`${target} is gone`);
      const overrides = Object.fromEntries(
        Object.entries(process.overrides).map(([field, { value, by, atWallMs }]) => [
          field,
          { value, by, at: new Date(atWallMs).toISOString() },
        ]),
      );
      const secrets = secretsOf(process);
      return parameters(process.declared, overrides).map((line) => shownParameter(line, secrets));
    },
    events: ({ sinceMs, limit, untilMs, target }) =>
      untilMs === undefined && target === undefined
        ? services.notices(sinceMs, limit)
        : services.noticesPage({ sinceMs, limit: limit ?? noticesAtOnce, untilMs, target }),
    async subscribe(_, caller) {
      await measured(services);
      caller.subscribe();
      return { status: statusOf(services, null), notices: services.notices(null, noticesAtOnce) };
    },
    why({ target }) {
      const found = resolveTarget(runtime.state, target);
      if (!found.ok) throw new RequestRefused(found.problem);
      const { outputFile } = services;
      return explanations(runtime.state, found.processes, { now, outputFile, instance: services.engine().instance });
    },
    reload: ({ dryRun }, { operator }) => (dryRun ? services.planReload() : services.reload(operator)),
    save: ({ target }, { operator }) => services.save(target, operator),
    saveDiff: ({ target }) => differenceWithoutSecrets(services.planSave(target), runtime.state),
    output({ target, lines }) {
      const found = resolveTarget(runtime.state, target);
      if (!found.ok) throw new RequestRefused(found.problem);
      const [process] = found.processes;
      if (process === undefined || found.kind === 'all' || found.kind === 'group')
        throw new RequestRefused(`${target} is not one process; name GROUP/PROCESS`);
      const secrets = secretsOf(runtime.state.processes[process]);
      return lastLines(services.outputFile(process, found.slot ?? 1), lines).map((line) => masked(line, secrets));
    },
    outputSince: ({ target, since }) =>
      outputSince(runtime.state, target, since, (process, slot) => services.outputFile(process, slot)),
    incidents: ({ target }) => incidents(services.evidenceDirectory, target),
    incident: ({ number }) => incident(services.evidenceDirectory, number),
    incidentFile: ({ number, name, offset }) => incidentFile(services.evidenceDirectory, number, name, offset),
    samples: ({ target }) => samplesOf(runtime, target, (process, slot) => services.outputFile(process, slot)),
    restarts: ({ target }) => restartsOf(runtime.state, target, now()),
    threads: ({ target }) =>
      liveLook(runtime.state, target, {
        threads: services.lookAtThreads,
        elapsed: (instance) => runtime.vitalSigns.elapsed(instance),
        outputFile: services.outputFile,
      }),
    shutdown(_, { operator }) {
      services.shutdown(`asked by ${operator}`);
      return {};
    },
  };
}

/** While it is measured the engine goes on; what is told afterwards is as of then. */
function measured({ measureAll }: EngineServices): Promise<void> {
  return new Promise(measureAll);
}

function statusOf(services: EngineServices, target: string | null): Status {
  const { runtime, now, engine, measure } = services;
  const { state } = runtime;
  const show = (only?: ReadonlySet<number>): GroupStatus[] =>
    state.groups
      .map((group) => groupStatus(state, group, now(), only))
      .map((group) => ({
        ...group,
        processes: group.processes.map((process) => measure(`${group.name}/${process.name}`, process)),
      }));
  if (target === null) return { engine: engine(), groups: show() };
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  return { engine: engine(), groups: show(new Set(found.processes)).filter((group) => group.processes.length > 0) };
}

function oneProcess(state: EngineState, target: string): number {
  const found = resolveTarget(state, target);
  if (!found.ok) throw new RequestRefused(found.problem);
  const [process] = found.processes;
  if (process === undefined || found.processes.length > 1)
    throw new RequestRefused(`${target} is not one process; name GROUP/PROCESS`);
  return process;
}
