import type { ServiceState } from '../../../source/ports/service-manager.ts';

/** What was reported of one service, in order. */
export class Heard {
  readonly states: ServiceState[] = [];
  private taken = 0;
  private wake = () => {};

  readonly report = (state: ServiceState): void => {
    this.states.push(state);
    this.wake();
  };

  /** The next report that holds; those before it are passed over. */
  async until(holds: (state: ServiceState) => boolean): Promise<ServiceState> {
    for (;;) {
      const state = this.states[this.taken];
      if (state === undefined) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      this.taken += 1;
      if (holds(state)) return state;
    }
  }

  is(wanted: ServiceState['is']): Promise<ServiceState> {
    return this.until((state) => state.is === wanted);
  }
}
