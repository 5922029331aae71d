import type { EvidenceCollector } from '../../source/ports/evidence.ts';
import type { Instance } from '../../source/ports/instance.ts';
import type { Message, Messages } from '../../source/ports/messages.ts';
import type { Meter, Sample } from '../../source/ports/meter.ts';
import type { StallProber } from '../../source/ports/stall-prober.ts';
import type { World } from './world.ts';
import type { Life } from './world-lives.ts';

/** What these ports need of the life of an engine that they belong to. */
export interface Around {
  readonly world: World;
  /** The engine can be killed here. */
  call(): void;
  later(inMs: number, act: () => void): void;
  isFaulty(probability: number): boolean;
}

export interface SignPorts {
  readonly messages: Messages;
  readonly meter: Meter;
  readonly stallProber: StallProber;
  readonly evidence: EvidenceCollector;
  /** Who is listened to, and who is probed. */
  readonly listened: ReadonlyMap<string, Instance>;
  readonly stallProbed: ReadonlyMap<string, Instance>;
}

const keyOf = ({ pid, startTime }: Instance): string => `${pid}.${startTime}`;

/** Simulated ends of the four ports that tell whether a process works. */
export function signPorts({ world, call, later, isFaulty }: Around): SignPorts {
  const { lives, chance } = world;
  const listened = new Map<string, Instance>();
  const hearers = new Map<string, (message: Message) => void>();
  const stallProbed = new Map<string, Instance>();
  const probes = new Map<string, object>();
  const heard = new Map<string, number>();
  const beating = new Set<string>();

  const say = (instance: Instance, message: Message): void => {
    if (world.isAlive(instance)) hearers.get(keyOf(instance))?.(message);
  };
  /** Its beats are events, since a beat is heard when it is given. */
  const hearBeat = (instance: Instance): void => {
    const life = lives.known(instance);
    const key = keyOf(instance);
    if (life === null || !hearers.has(key)) return;
    if (life.beats === heard.get(key)) return;
    heard.set(key, life.beats);
    say(instance, { watchdog: 'alive' });
  };
  const goOnBeating = (instance: Instance): void => {
    const life = lives.known(instance);
    if (life === null) return;
    hearBeat(instance);
    later(Math.ceil(lives.nextBeatMs(life)) + 1, () => goOnBeating(instance));
  };
  const born = (life: Life): void => {
    const { instance } = life;
    if (world.weather !== 'faulty') return;
    if (chance.happens(0.5)) mishap(instance);
    if (chance.happens(0.3)) later(chance.between(1, 60_000), () => speak(instance));
  };
  /** Its beats are heard by this engine from now on; those that an earlier one heard, or nobody, are gone. */
  const meet = (instance: Instance): Life | null => {
    const life = lives.of(instance, born);
    if (life === null || beating.has(keyOf(instance))) return life;
    beating.add(keyOf(instance));
    heard.set(keyOf(instance), life.beats);
    later(Math.ceil(lives.nextBeatMs(life)) + 1, () => goOnBeating(instance));
    return life;
  };
  const mishap = (instance: Instance): void => {
    const doing = chance.pick(['hangs', 'hangs', 'spins', 'blocked', 'stopped', 'traced', 'frozen', 'bloats'] as const);
    const isPassing = doing === 'stopped' || doing === 'traced' || doing === 'frozen';
    world.plan(chance.between(1, 60_000), () => {
      const life = lives.known(instance);
      if (life === null || life.doing !== 'works') return;
      if (doing === 'bloats') lives.bloat(life);
      else lives.turnTo(instance, doing);
      if (isPassing)
        world.plan(chance.between(5_000, 200_000), () => {
          lives.turnTo(instance, 'works');
          hearBeat(instance);
        });
    });
  };
  /** What it says beside its beats. */
  const speak = (instance: Instance): void => {
    const messages: readonly Message[] = [
      { status: 'well' },
      { reloading: true },
      { ready: true, status: 'reloaded' },
      { stopping: true },
      { watchdog: 'trigger' },
      { heartbeatMs: 90_000 },
      { heartbeatMs: 0 },
      { extendMs: 120_000 },
    ];
    const message = chance.pick(messages);
    say(instance, message);
    if (message.extendMs !== undefined) lives.grant(instance, message.extendMs);
    if (message.stopping === true) world.plan(chance.between(1, 90_000), () => world.end(instance, { code: 0 }));
  };

  const sampleOf = (instance: Instance): Sample | null => {
    const life = meet(instance);
    if (life === null) return null;
    const descriptors = life.instance.pid % 5 === 0 ? null : 7;
    return { cpuMs: life.cpuMs, memoryBytes: life.memoryBytes, threads: 3, descriptors, state: lives.stateOf(life) };
  };

  return {
    listened,
    stallProbed,
    messages: {
      listen(instance, hear) {
        call();
        listened.set(keyOf(instance), instance);
        hearers.set(keyOf(instance), hear);
      },
      unlisten(instance) {
        call();
        listened.delete(keyOf(instance));
        hearers.delete(keyOf(instance));
      },
      drain() {
        for (const instance of [...listened.values()]) hearBeat(instance);
      },
      onStranger: () => {},
    },
    meter: {
      sample(wanted, report) {
        const samples = wanted.map(({ instance }) => (lives.known(instance) === null ? null : sampleOf(instance)));
        if (chance.happens(0.9)) report(samples);
        else later(chance.between(1, 20), () => report(wanted.map(({ instance }) => sampleOf(instance))));
      },
      lostTime(instance) {
        const life = meet(instance);
        return life === null ? null : lives.readingOf(life);
      },
      fileMark(path) {
        const [, name = '', slot = ''] = /^\/simulated\/(.+)\.(\d+)\.log$/.exec(path) ?? [];
        const process = name.replace('.', '/');
        let newest: Life | null = null;
        for (const { instance } of [...world.mainsOf(`${process}#${slot}`), ...world.mainsOf(process)]) {
          const life = meet(instance);
          if (life !== null && (newest === null || life.beatMs > newest.beatMs)) newest = life;
        }
        return newest === null ? null : { sizeBytes: newest.beats, writtenAtMs: newest.beatWallMs };
      },
    },
    stallProber: {
      watch(instance, { intervalMs }, report) {
        call();
        const mark = {};
        stallProbed.set(keyOf(instance), instance);
        probes.set(keyOf(instance), mark);
        const probe = (): void => {
          const life = meet(instance);
          if (probes.get(keyOf(instance)) !== mark || life === null) return;
          const isWell = life.doing === 'works' && !lives.isStarving() && !isFaulty(0.1);
          const is = isWell
            ? 'ok'
            : isFaulty(0.3)
              ? chance.pick(['warning', 'unknown', 'critical'] as const)
              : 'timeout';
          const isFailure = is === 'critical' || is === 'timeout';
          life.failedProbes = is === 'ok' ? 0 : life.failedProbes + Number(isFailure);
          report({ is, text: is });
          later(intervalMs, probe);
        };
        later(intervalMs, probe);
      },
      unwatch(instance) {
        call();
        stallProbed.delete(keyOf(instance));
        probes.delete(keyOf(instance));
      },
    },
    evidence: {
      collect(request, report, stage) {
        call();
        stage?.('stack');
        // It hangs.
        if (isFaulty(0.25)) return;
        const { incident, withinMs } = request;
        later(chance.between(0, Math.min(withinMs, 5_000)), () => {
          if (isFaulty(0.25)) return report({ ok: false, problem: 'no space left on device' });
          const found = { number: 1, folder: `/simulated/${incident}`, tookMs: 3, fingerprint: 'f', same: null };
          report({ ok: true, ...found, missing: [] });
        });
      },
    },
  };
}
