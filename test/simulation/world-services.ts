import type { Exit } from '../../source/ports/instance.ts';
import type { ServiceResult, ServiceState } from '../../source/ports/service-manager.ts';
import type { World } from './world.ts';

interface WorldService {
  state: ServiceState;
  listener: ((state: ServiceState) => void) | null;
}

const down: ServiceState = { is: 'down', main: null, exit: null, words: 'inactive' };

/** The simulated service manager. It lives beside the engine, outlives it, and sometimes brings a service back by itself. */
export class WorldServices {
  readonly #world: World;
  readonly #services = new Map<string, WorldService>();

  constructor(world: World) {
    this.#world = world;
  }

  listen(name: string, listener: (state: ServiceState) => void): void {
    const service = this.#of(name);
    service.listener = listener;
    this.#world.plan(0, () => service.listener === listener && listener(service.state));
  }

  forget(name: string): void {
    this.#of(name).listener = null;
  }

  forgetListeners(): void {
    for (const service of this.#services.values()) service.listener = null;
  }

  reboot(): void {
    this.#services.clear();
  }

  start(name: string, report: (result: ServiceResult) => void): void {
    const isFaulty = this.#world.weather === 'faulty' && this.#world.chance.happens(0.15);
    this.#world.plan(this.#world.chance.between(1, 300), () => {
      if (isFaulty) return report({ ok: false, problem: 'the job failed' });
      if (this.#of(name).state.is === 'down') this.#comeUp(name);
      report({ ok: true });
    });
  }

  stop(name: string, report: (result: ServiceResult) => void): void {
    const { main } = this.#of(name).state;
    this.#world.plan(this.#world.chance.between(1, 200), () => {
      if (main !== null) this.#world.end(main, { signal: 'SIGTERM', core: false });
      report({ ok: true });
    });
  }

  mainEnded(name: string, exit: Exit): void {
    const service = this.#services.get(name);
    if (service === undefined || service.state.is !== 'up' || this.#world.mainsOf(name).length > 0) return;
    const comesBack = this.#world.weather === 'faulty' && this.#world.chance.happens(0.3);
    this.#change(name, comesBack ? { is: 'changing', main: null, exit, words: 'auto-restart' } : { ...down, exit });
    if (comesBack)
      this.#world.plan(
        this.#world.chance.between(1, 2_000),
        () => service.state.is === 'changing' && this.#comeUp(name),
      );
  }

  #comeUp(name: string): void {
    const { instance } = this.#world.spawn(name, null, null, {
      ignoresTerm: false,
      readyAtMs: this.#world.monoMs + this.#world.chance.between(0, 1_000),
    });
    this.#change(name, { is: 'up', main: instance, exit: null, words: 'active' });
  }

  #change(name: string, state: ServiceState): void {
    const service = this.#of(name);
    service.state = state;
    const { listener } = service;
    if (listener !== null)
      this.#world.plan(this.#world.chance.between(0, 3), () => service.listener === listener && listener(state));
  }

  #of(name: string): WorldService {
    const service = this.#services.get(name) ?? { state: down, listener: null };
    this.#services.set(name, service);
    return service;
  }
}
