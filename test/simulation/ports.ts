import type { Instance } from '../../source/ports/instance.ts';
import type { Ports } from '../../source/ports/ports.ts';
import { type SignPorts, signPorts } from './ports-of-signs.ts';
import type { World, WorldProcess } from './world.ts';

/** Thrown out of a port: the engine is killed at this very instant, half-way through whatever it does. */
export class EngineKilled extends Error {}

/** What the store has kept, over all lives of the engine. Records are values that nobody changes; they go through JSON when they are read. */
export type Disk = Record<string, unknown>;

/** One life's ports on the world. After `kill` nothing of this life is heard again. */
export interface Life {
  readonly ports: Ports;
  /** The engine dies at its n-th next call of a port. */
  killAfterCalls(calls: number): void;
  kill(): void;
  /** Timers that are set, by key. */
  readonly timers: ReadonlyMap<string, number>;
  /** Instances that are asked whether they are ready. */
  readonly probed: ReadonlySet<Instance>;
  readonly listened: SignPorts['listened'];
  readonly stallProbed: SignPorts['stallProbed'];
}

const ownTimers: ReadonlySet<string> = new Set(['runtime:sampling', 'runtime:recorder']);

/** A match entry's query names its entry: `shop-database` finds what stands for `shop/database`. */
export function simulatedPorts(world: World, disk: Disk, onCall: () => void = () => {}): Life {
  const timers = new Map<string, number>();
  const scripts = new Map<string, object>();
  const probed = new Set<Instance>();
  let isAlive = true;
  let callsLeft = Number.POSITIVE_INFINITY;

  const call = (): void => {
    onCall();
    callsLeft -= 1;
    if (callsLeft <= 0) throw new EngineKilled('killed by the simulation');
  };
  const later = (inMs: number, act: () => void): void => world.plan(inMs, () => isAlive && act());
  const isFaulty = (probability: number): boolean => world.weather === 'faulty' && world.chance.happens(probability);

  const bornOf = (owner: string, launch: string | null, command: string | null): WorldProcess => {
    const readyInMs = isFaulty(0.15) ? null : world.chance.between(0, 3_000);
    const main = world.spawn(owner, launch, null, {
      ignoresTerm: isFaulty(0.2),
      command,
      readyAtMs: readyInMs === null ? null : world.monoMs + readyInMs,
    });
    if (isFaulty(0.3)) world.spawn(`${owner}~`, launch, main.instance, { ignoresTerm: true, readyAtMs: null });
    if (isFaulty(0.3))
      world.plan(world.chance.between(0, 20_000), () =>
        world.end(main.instance, world.chance.happens(0.3) ? { code: 0 } : { signal: 'SIGSEGV', core: false }),
      );
    if (owner.includes('once'))
      world.plan(world.chance.between(10, 5_000), () => world.end(main.instance, { code: isFaulty(0.3) ? 1 : 0 }));
    return main;
  };

  const { listened, stallProbed, ...signs } = signPorts({ world, call, later, isFaulty });
  const ports: Ports = {
    ...signs,
    clock: { now: () => world.now(), bootId: () => `boot-${world.boot}` },
    timers: {
      set(key, atMs, ring) {
        // To be killed at one of the runtime's own timers is to be killed between two steps.
        if (!ownTimers.has(key)) call();
        timers.set(key, atMs);
        later(Math.max(0, Math.ceil(atMs) - world.monoMs), () => {
          if (timers.get(key) !== atMs) return;
          timers.delete(key);
          ring();
        });
      },
      clear(key) {
        if (!ownTimers.has(key)) call();
        timers.delete(key);
      },
    },
    watcher: {
      watch(instance, report) {
        call();
        world.watch(instance, (exit) => isAlive && report(exit));
      },
      unwatch(instance) {
        call();
        world.unwatch(instance);
      },
    },
    spawner: {
      launch(request, report) {
        call();
        if (isFaulty(0.1))
          return later(world.chance.between(0, 5), () => report({ ok: false, problem: 'no such program' }));
        const owner = `${request.environment['PROCSAVER_PROCESS']}#${request.environment['PROCSAVER_SLOT']}`;
        const { instance } = bornOf(owner, request.launch, request.command.join(' '));
        // Killed here, the engine never learns the pid: the next one must find the child by its mark.
        call();
        later(world.chance.between(0, 5), () => report({ ok: true, instance }));
      },
    },
    scripts: {
      run(key, request, report) {
        call();
        const mark = {};
        scripts.set(key, mark);
        const owner = request.environment['PROCSAVER_PROCESS'] ?? '';
        if (isFaulty(0.1)) return; // It hangs.
        later(world.chance.between(1, 400), () => {
          if (scripts.get(key) !== mark) return;
          scripts.delete(key);
          if (isFaulty(0.15)) return report({ ok: false, problem: 'exit 1' });
          if (!isFaulty(0.15) && world.mainsOf(owner).length === 0)
            world.plan(
              world.chance.between(0, 300),
              () => world.mainsOf(owner).length === 0 && bornOf(owner, null, null),
            );
          report({ ok: true });
        });
      },
      cancel(key) {
        call();
        scripts.delete(key);
      },
    },
    terminator: {
      ask(instance, _signal, report) {
        call();
        const process = world.processes.get(instance.pid);
        report(null);
        if (process === undefined || !world.isAlive(instance) || process.ignoresTerm) return;
        world.plan(world.chance.between(0, 200), () => world.end(instance, { signal: 'SIGTERM', core: false }));
      },
      killTree(instance, { tree }, report) {
        call();
        const members = tree ? world.treeOf(instance) : [];
        world.end(instance, { signal: 'SIGKILL', core: false });
        for (const member of members) world.end(member.instance, { signal: 'SIGKILL', core: false });
        later(world.chance.between(0, 10), () => report([]));
      },
    },
    table: {
      find(queries, report) {
        call();
        const found = queries.map(({ executable }) =>
          world.mainsOf((executable ?? '').replace('-', '/')).map((process) => process.instance),
        );
        if (world.chance.happens(0.5)) report(found);
        else later(world.chance.between(0, 20), () => report(found));
      },
      findLaunched(launches, report) {
        call();
        const found = new Map<string, Instance>();
        for (const process of world.processes.values()) {
          const { launch } = process;
          if (launch !== null && process.leader === null && launches.some((query) => query.launch === launch))
            found.set(launch, process.instance);
        }
        report(found);
      },
      isAlive: (instance) => world.isAlive(instance),
    },
    prober: {
      watch(instance, _request, report) {
        call();
        probed.add(instance);
        const readyAtMs = world.processes.get(instance.pid)?.readyAtMs ?? null;
        if (readyAtMs !== null)
          later(
            Math.max(0, readyAtMs - world.monoMs),
            () => world.isAlive(instance) && probed.delete(instance) && report(),
          );
      },
      unwatch(instance) {
        call();
        for (const one of probed)
          if (one.pid === instance.pid && one.startTime === instance.startTime) probed.delete(one);
      },
      notifySocket: () => '/simulated/notify',
    },
    services: {
      watch(_scope, service, report) {
        call();
        world.services.listen(ownerOf(service), (state) => isAlive && report(state));
      },
      unwatch(_scope, service) {
        call();
        world.services.forget(ownerOf(service));
      },
      start(_scope, service, report) {
        call();
        world.services.start(ownerOf(service), (result) => isAlive && report(result));
      },
      stop(_scope, service, report) {
        call();
        world.services.stop(ownerOf(service), (result) => isAlive && report(result));
      },
    },
    escalator: {
      failover: (_group, _reason, report) => later(0, () => report('no cluster is configured')),
      plugin: (_name, _group, _reason, report) => later(0, () => report(null)),
      reboot: (_reason, report) => later(0, () => report(null)),
    },
    store: {
      load: () => ({ records: JSON.parse(JSON.stringify(disk)) as Disk, problems: [] }),
      append(records) {
        call();
        for (const [key, value] of Object.entries(records)) {
          if (value === null) delete disk[key];
          else disk[key] = value;
        }
        return null;
      },
    },
  };

  const kill = (): void => {
    isAlive = false;
    timers.clear();
    world.forgetWatchers();
    world.services.forgetListeners();
  };
  return { ports, timers, probed, listened, stallProbed, kill, killAfterCalls: (calls) => (callsLeft = calls) };
}

/** `shop-mail.service` is what stands for `shop/mail`. */
function ownerOf(service: string): string {
  return service.replace('-', '/').replace('.service', '');
}
