import { killLiving, livingAt } from './living.ts';
import { until } from './until.ts';
import { processIn, type Workplace } from './workplace.ts';

/** Kills -9 what runs as `name` (its first instance) and awaits that the engine has said so. Returns the pid. */
export async function kill9(place: Workplace, name: string): Promise<number> {
  const [pid = 0] = await place.pids(name);
  const living = livingAt(pid);
  if (living === null) throw new Error(`${name} has nothing to kill`);
  killLiving(living);
  await until(`the notice that ${name} (pid ${pid}) is dead`, () =>
    place.notices(name).some(({ id, instance }) => id === 'process.down' && instance?.pid === pid),
  );
  return pid;
}

/** Kills -9 what runs as `name`, and awaits that another runs in its place and is ready. Returns the new pid. */
export async function kill9AndAwait(place: Workplace, name: string, withinMs?: number): Promise<number> {
  const dead = await kill9(place, name);
  return until(
    `another ${name} than pid ${dead}`,
    async () => {
      const found = processIn(await place.status(), name);
      const pid = found?.instances[0]?.pid;
      return found?.state === 'running' && found.ready && pid !== undefined && pid !== dead && pid;
    },
    withinMs,
  );
}
