import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineStatus, ReloadResult } from '../control/protocol.ts';
import { type ControlServer, serveControl } from '../control/server.ts';
import type { Answer } from '../engine/request.ts';
import type { ProcessStatus } from '../engine/status.ts';
import type { NoticeId } from '../notices/catalogue.ts';
import type { Notice, NoticeLine, NoticeParameter } from '../notices/notice.ts';
import { noticeLine } from '../notices/text.ts';
import { JournalFile } from '../platform/journal-file.ts';
import type { FileGuard, OperatingSystem, Platform, ServiceNotifier } from '../platform/system.ts';
import { diffProfiles } from '../profile/diff.ts';
import { formatProblem, type Problem } from '../profile/problem.ts';
import type { Profile } from '../profile/profile.ts';
import { outputFile, type Surroundings } from '../runtime/child.ts';
import { Runtime } from '../runtime/runtime.ts';
import { Outlets } from '../sinks/outlets.ts';
import { childEnvironment } from './child-environment.ts';
import { controlHandlers } from './handlers.ts';
import { localTime } from './local-time.ts';
import { noticesPage } from './notices-page.ts';
import { OutputFiles } from './output-files.ts';
import { type LoadedProfile, loadProfiles } from './profile-files.ts';
import { Publisher } from './publisher.ts';
import { reportToManager } from './report-to-manager.ts';
import type { EngineOptions, RunningEngine } from './running-engine.ts';
import { planSave, saveOverrides } from './save-overrides.ts';
import { settleWhenQuiet } from './settle-when-quiet.ts';
import { withLiveTimers } from './stall-timers.ts';
import { UsageSampler } from './usage.ts';
import { whenBegun } from './when-begun.ts';
import { noticeWithoutSecrets, statusWithoutSecrets } from './without-secrets.ts';

type Loaded = Extract<LoadedProfile, { ok: true }>;

/** What an engine stands on. */
export interface Ground {
  readonly system: OperatingSystem;
  readonly guard: FileGuard;
  readonly runtimeDirectory: string;
  readonly releaseLock: () => void;
}

/** How often CPU, memory and counters are brought up to date while a console looks on. */
const refreshMs = 3_000;

/** One running engine: the runtime on the real ports, its journal, its control socket. */
export class Engine implements RunningEngine {
  readonly #ended = Promise.withResolvers<number>();
  readonly ended = this.#ended.promise;
  readonly #options: EngineOptions;
  readonly #ground: Ground;
  readonly #platform: Platform;
  readonly #surroundings: Surroundings;
  readonly #runtime: Runtime;
  readonly #journal: JournalFile<NoticeLine>;
  readonly #publisher: Publisher;
  readonly #outputs: OutputFiles;
  readonly #usage: UsageSampler;
  readonly #manager: ServiceNotifier;
  readonly #outlets: Outlets;
  readonly #startedAt = new Date().toISOString();
  readonly #begun = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  #server: ControlServer | null = null;
  /** None yet. */
  #profile: Profile | null = null;
  #files: readonly string[] = [];
  #problems: readonly Problem[] = [];
  #isEnding = false;

  constructor(options: EngineOptions, ground: Ground) {
    this.#options = options;
    this.#ground = ground;
    const { system, runtimeDirectory } = ground;
    this.#manager = system.createServiceNotifier(process.env);
    const { stateDirectory, journalFile } = options.places;
    this.#platform = system.openPlatform({ stateDirectory, runtimeDirectory }, options.report);
    this.#usage = new UsageSampler(this.#platform.ports.meter);
    this.#surroundings = {
      environment: childEnvironment(process.env),
      outputDirectory: join(stateDirectory, 'output'),
      notifySocket: this.#platform.ports.prober.notifySocket(),
    };
    this.#journal = new JournalFile(journalFile);
    this.#outputs = new OutputFiles(this.#platform.rotation, this.#surroundings);
    this.#runtime = new Runtime({
      ports: this.#platform.ports,
      surroundings: this.#surroundings,
      generation: randomBytes(6).toString('hex'),
      seed: randomBytes(4).readInt32LE(),
      onNotice: (notice) => this.#tell(notice),
      onChange: () => this.#changed(),
      onExit: (status) => void this.#end(status, 'a process was given up'),
      onProgress: (progress) => this.#server?.notify('progress', progress),
    });
    this.#outlets = new Outlets(system.openSinks(options.instance), (id, parameters) => this.#notice(id, parameters));
    const { samples, trace } = this.#runtime;
    this.#platform.evidence.lend({ samples, trace });
    this.#publisher = new Publisher({
      state: () => this.#runtime.state,
      now: () => this.#platform.ports.clock.now(),
      engine: () => this.#status(),
      measure: (name, status) => this.#measured(name, status),
      hasSubscribers: () => this.#server?.hasSubscribers() === true,
      send: (change) => this.#server?.notify('changed', change),
    });
  }

  async start(loaded: Loaded): Promise<void> {
    this.#server = await serveControl({
      path: this.#options.places.controlSocket,
      handlers: whenBegun(this.#handlers(), this.#begun.promise),
      peerOf: this.#ground.system.peerOf,
      listenOnPipe: this.#ground.system.listenOnPipe,
      report: this.#options.report,
    });
    this.#takeProfile(loaded);
    const processes = loaded.profile.groups.reduce((count, group) => count + group.processes.length, 0);
    this.#notice('engine.started', { version: this.#options.version, processes, pid: process.pid });
    await new Promise<void>((begun) => this.#runtime.begin(loaded.profile, begun));
    this.#begun.resolve();
    this.#every(refreshMs, () => this.#refresh());
    reportToManager(this.#manager, `watching ${processes} processes`, {
      every: (ms, act) => this.#every(ms, act),
      request: (by, request, answer) => this.#runtime.request(by, request, answer),
      stop: (reason) => void this.#end(0, reason),
    });
    void settleWhenQuiet({
      state: () => this.#runtime.state,
      settle: () => this.#platform.settle(),
      collect: () => this.#platform.collect(),
      pause: (ms) => pause(ms, undefined, { signal: this.#closing.signal, ref: false }),
    });
  }

  /** The start failed half-way: lets go of everything, says nothing. */
  async abandon(): Promise<void> {
    await this.#close();
  }

  async stop(reason: string): Promise<void> {
    await this.#end(0, reason);
  }

  reload(by: string): ReloadResult {
    const loaded = loadProfiles(this.#options.profiles, process.env, this.#ground.guard);
    if (!loaded.ok) {
      this.#problems = loaded.problems;
      const [first] = loaded.problems;
      this.#notice(
        'profile.rejected',
        { count: loaded.problems.length, reason: first === undefined ? '' : formatProblem(first) },
        by,
      );
      this.#publisher.refresh();
      return { ok: false, problems: loaded.problems };
    }
    const plan = this.#planOf(loaded.profile);
    this.#takeProfile(loaded);
    const { added, removed, changed } = plan;
    this.#notice('profile.loaded', { added: added.length, removed: removed.length, changed: changed.length }, by);
    this.#runtime.change(loaded.profile);
    this.#publisher.refresh();
    return plan;
  }

  #planReload(): ReloadResult {
    const loaded = loadProfiles(this.#options.profiles, process.env, this.#ground.guard);
    return loaded.ok ? this.#planOf(loaded.profile) : { ok: false, problems: loaded.problems };
  }

  #planOf(profile: Profile): Extract<ReloadResult, { ok: true }> {
    const { added, removed, changed, groups } = diffProfiles(this.#profile ?? profile, profile);
    const restarted = changed.filter((change) => change.needsRestart).map((change) => change.name);
    return { ok: true, added, removed, changed: [...groups.changed, ...changed.map(({ name }) => name)], restarted };
  }

  #takeProfile(loaded: Loaded): void {
    this.#profile = loaded.profile;
    this.#files = loaded.files;
    this.#problems = [];
  }

  /** Once written, the value is the profile's own: the profile is read again and the override taken off. */
  #save(target: string, by: string): Answer {
    const written = saveOverrides(this.#runtime.state, target);
    if (!written.ok) return written;
    const reloaded = this.reload(by);
    if (!reloaded.ok)
      return {
        ok: false,
        problem: 'it was written, but the profile has problems elsewhere and is not in force; see `procsaver check`',
      };
    for (const [name, fields] of written.saved)
      this.#runtime.request(by, { verb: 'unset', target: name, fields }, () => {});
    return { ok: true, affected: [...written.saved.keys()] };
  }

  #handlers() {
    return controlHandlers({
      runtime: this.#runtime,
      now: () => this.#platform.ports.clock.now(),
      engine: () => this.#status(),
      measureAll: (done) => this.#usage.sampleAll(this.#runtime.state, Date.now(), done),
      measure: (name, status) => this.#measured(name, status),
      notices: (sinceMs, limit) => this.#journal.read({ sinceMs, limit }),
      noticesPage: (page) => noticesPage(this.#options.places.journalFile, page),
      evidenceDirectory: this.#options.places.evidenceDirectory,
      reload: (by) => this.reload(by),
      planReload: () => this.#planReload(),
      save: (target, by) => this.#save(target, by),
      planSave: (target) => planSave(this.#runtime.state, target),
      outputFile: (index, slot) => {
        const record = this.#runtime.state.processes[index];
        return record === undefined ? '' : outputFile(record.spec, record.name, slot, this.#surroundings);
      },
      lookAtThreads: this.#ground.system.lookAtLiveThreads,
      // After the answer has gone out.
      shutdown: (reason) => setImmediate(() => void this.#end(0, reason)),
    });
  }

  #status(): EngineStatus {
    return {
      instance: this.#options.instance,
      pid: process.pid,
      version: this.#options.version,
      startedAt: this.#startedAt,
      profiles: this.#files,
      host: hostname(),
      problems: this.#problems,
    };
  }

  #processNamed(name: string) {
    const { processes, plan } = this.#runtime.state;
    return processes[plan.indexOf.get(name) ?? -1];
  }

  #measured(name: string, status: ProcessStatus): ProcessStatus {
    const process = this.#processNamed(name);
    const { vitalSigns } = this.#runtime;
    const measured = this.#usage.fillIn(process, status);
    return statusWithoutSecrets(
      withLiveTimers(process, measured, (instance) => vitalSigns.elapsed(instance)),
      process,
    );
  }

  #changed(): void {
    this.#outputs.update(this.#runtime.state);
    this.#publisher.mark();
  }

  #refresh(): void {
    if (this.#server?.hasSubscribers() !== true) return;
    this.#usage.sampleAll(this.#runtime.state, Date.now(), () => this.#publisher.refresh());
  }

  #notice(id: NoticeId, parameters: Readonly<Record<string, NoticeParameter>>, by: string | null = null): void {
    this.#tell({ id, atMs: Date.now(), group: null, process: null, instance: null, by, parameters });
  }

  #tell(notice: Notice): void {
    const told = noticeWithoutSecrets(notice, this.#processNamed(`${notice.group}/${notice.process}`));
    const line = noticeLine(told, this.#options.language, localTime);
    const problem = this.#journal.append(line);
    if (problem !== null) this.#options.report(problem);
    this.#server?.notify('notice', line);
    this.#outlets.tell(line);
    this.#options.onNotice?.(line);
  }

  #every(ms: number, act: () => void): void {
    const timer = setInterval(act, ms).unref();
    this.#closing.signal.addEventListener('abort', () => clearInterval(timer));
  }

  async #end(status: number, reason: string): Promise<void> {
    if (this.#isEnding) return void (await this.ended);
    this.#isEnding = true;
    this.#manager.stopping();
    this.#notice('engine.stopped', { reason });
    this.#runtime.end();
    await this.#close();
    this.#ended.resolve(status);
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await this.#server?.close();
    this.#platform.close();
    await this.#outlets.close();
    this.#journal.close();
    this.#ground.releaseLock();
  }
}
