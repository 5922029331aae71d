import type { Effect } from '../engine/effect.ts';
import type { Happening } from '../engine/event.ts';
import type { Answer } from '../engine/request.ts';
import type { EvidenceRequest } from '../ports/evidence.ts';
import type { Instance } from '../ports/instance.ts';
import type { Ports } from '../ports/ports.ts';
import type { ScriptResult } from '../ports/script-runner.ts';
import type { Surroundings } from './child.ts';
import {
  escalationRequest,
  keptOutput,
  launchRequest,
  outputFile,
  programFacts,
  scriptRequest,
  signFiles,
} from './child.ts';
import type { VitalSigns } from './vital-signs.ts';

/** Where effects go that are not a port's business, and where what comes of them returns. */
export interface Outlets {
  happen(event: Happening): void;
  /** Searches wait until the queue is empty: one pass over the machine serves all of them. */
  search(process: string): void;
  answer(id: number, answer: Answer): void;
  exit(status: number): void;
  /** An instance is watched from now on: what it says is heard, what it uses recorded. */
  watched(slot: string, instance: Instance): void;
  /** It has ended, or is watched no more. */
  unwatched(instance: Instance): void;
  readonly vitalSigns: VitalSigns;
  /** What is being taken for an incident now. */
  progress(incident: string, process: string, stage: string): void;
  /** The state could not be written; the engine goes on without it. */
  saveFailed(problem: string): void;
}

type Perform<D extends Effect['do']> = (
  effect: Extract<Effect, { do: D }>,
  ports: Ports,
  outlets: Outlets,
  surroundings: Surroundings,
) => void;

export function perform(effect: Effect, ports: Ports, outlets: Outlets, surroundings: Surroundings): void {
  (performers[effect.do] as Perform<Effect['do']>)(effect, ports, outlets, surroundings);
}

const performers: { readonly [D in Effect['do']]: Perform<D> } = {
  save(effect, ports, outlets) {
    const problem = ports.store.append(effect.records);
    if (problem !== null) outlets.saveFailed(problem);
  },
  launch({ slot, number, process, launch, spec }, ports, outlets, surroundings) {
    if (spec.kind !== 'command') return;
    const request = launchRequest(spec, process, number, launch, surroundings);
    ports.spawner.launch(request, (result) => outlets.happen({ type: 'launched', slot, launch, result }));
  },
  'run-script'({ slot, process, run, spec }, ports, outlets, surroundings) {
    const report = (result: ScriptResult) => outlets.happen({ type: 'script-ended', slot, run, result });
    if (spec.kind === 'service') return ports.services.start(spec.scope, spec.service, report);
    if (spec.restart.run === null) return;
    ports.scripts.run(slot, scriptRequest(spec, spec.restart.run, process, 'restart', {}, run, surroundings), report);
  },
  'cancel-script': ({ slot }, ports) => ports.scripts.cancel(slot),
  search: ({ process }, _ports, outlets) => outlets.search(process),
  watch({ slot, instance }, ports, outlets) {
    // A service that is up without a main process has nothing that the kernel could tell of.
    if (instance.pid === 0) return;
    outlets.watched(slot, instance);
    ports.watcher.watch(instance, (exit) => {
      outlets.unwatched(instance);
      outlets.happen({ type: 'exited', slot, instance, exit });
    });
  },
  unwatch({ instance }, ports, outlets) {
    ports.watcher.unwatch(instance);
    outlets.unwatched(instance);
  },
  'watch-signs'({ slot, number, process, instance, spec, heartbeatMs }, _ports, outlets, surroundings) {
    const files = signFiles(spec, process, number, surroundings);
    outlets.vitalSigns.watch({ slot, instance, spec, heartbeatMs, ...files });
  },
  'unwatch-signs': ({ instance }, _ports, outlets) => outlets.vitalSigns.unwatch(instance),
  look: ({ slot, instance }, _ports, outlets) =>
    outlets.vitalSigns.look(instance, (signs) => outlets.happen({ type: 'looked', slot, instance, signs })),
  beat: ({ instance }, _ports, outlets) => outlets.vitalSigns.beat(instance),
  collect({ slot, number, process, spec, ...effect }, ports, outlets, surroundings) {
    const { incident, instance, lives, reason, text, kinds, withinMs, maxTotalBytes, facts } = effect;
    const request: EvidenceRequest = {
      incident,
      process,
      slot: number,
      instance,
      lives,
      reason,
      text,
      atMs: ports.clock.now().wallMs,
      kinds,
      outputFile: keptOutput(spec, process, number, surroundings),
      secrets: spec.secrets,
      keep: spec.keep,
      withinMs,
      maxTotalBytes,
      facts: { ...programFacts(spec), ...facts },
    };
    const stirred = lives ? instance : null;
    if (stirred !== null) outlets.vitalSigns.stir(stirred);
    ports.evidence.collect(
      request,
      (result) => {
        if (stirred !== null) outlets.vitalSigns.settle(stirred);
        outlets.happen({ type: 'evidence-taken', slot, incident, result });
      },
      (stage) => outlets.progress(incident, process, stage),
    );
  },
  probe({ slot, number, process, instance, spec }, ports, outlets, surroundings) {
    if (spec.ready === null || spec.ready.probe.kind === 'after') return;
    const { probe, intervalMs, timeoutMs } = spec.ready;
    const request = { probe, intervalMs, timeoutMs, outputFile: outputFile(spec, process, number, surroundings) };
    ports.prober.watch(instance, request, () => outlets.happen({ type: 'became-ready', slot, instance }));
  },
  'stop-probing': ({ instance }, ports) => ports.prober.unwatch(instance),
  ask({ slot, process, instance, spec }, ports, outlets, surroundings) {
    const report = (problem: string | null) => {
      if (problem !== null) outlets.happen({ type: 'ask-failed', slot, instance, problem });
    };
    if (spec.kind === 'service') {
      return ports.services.stop(spec.scope, spec.service, (result) => report(result.ok ? null : result.problem));
    }
    if (spec.stop.run === null) return ports.terminator.ask(instance, spec.stop.signal, report);
    const request = scriptRequest(
      spec,
      spec.stop.run,
      process,
      'stop',
      { PROCSAVER_PID: String(instance.pid) },
      null,
      surroundings,
    );
    ports.scripts.run(`stop:${slot}:${instance.pid}`, request, (result) => report(result.ok ? null : result.problem));
  },
  'kill-tree'({ slot, instances, tree }, ports, outlets) {
    let waiting = instances.length;
    const left: number[] = [];
    if (waiting === 0) return outlets.happen({ type: 'swept', slot, left });
    for (const { instance, launch } of instances) {
      ports.terminator.killTree(instance, { tree, launch }, (leftPids) => {
        left.push(...leftPids);
        waiting -= 1;
        if (waiting === 0) outlets.happen({ type: 'swept', slot, left });
      });
    }
  },
  'set-timer'({ timer, atMs }, ports, outlets) {
    // One that is set for a moment in the past is not late for that.
    const dueMs = Math.max(atMs, ports.clock.now().monoMs);
    ports.timers.set(timer, atMs, () => {
      outlets.vitalSigns.rang(dueMs);
      outlets.happen({ type: 'timer-rang', timer });
    });
  },
  'clear-timer': ({ timer }, ports) => ports.timers.clear(timer),
  answer: ({ id, answer }, _ports, outlets) => outlets.answer(id, answer),
  'leave-service'({ spec }, ports) {
    if (spec.kind === 'service') ports.services.unwatch(spec.scope, spec.service);
  },
  exit: ({ status }, _ports, outlets) => outlets.exit(status),
  failover: ({ group, reason }, ports, outlets) => ports.escalator.failover(group, reason, failed(group, outlets)),
  reboot: ({ group, reason }, ports, outlets) => ports.escalator.reboot(reason, failed(group, outlets)),
  'plugin-escalation': ({ group, plugin, reason }, ports, outlets) =>
    ports.escalator.plugin(plugin, group, reason, failed(group, outlets)),
  'run-escalation'({ group, command, reason }, ports, outlets, surroundings) {
    const request = escalationRequest(command, group, reason, surroundings);
    const report = failed(group, outlets);
    ports.scripts.run(`escalation:${group}`, request, (result) => report(result.ok ? null : result.problem));
  },
};

/** An escalation that went well says nothing: giving up was said already. */
function failed(group: string, outlets: Outlets): (problem: string | null) => void {
  return (problem) => {
    if (problem !== null) outlets.happen({ type: 'escalation-failed', group, problem });
  };
}
