// A PostgreSQL of one test's own, started by Debian's tools as an administrator would: nothing here is a child of the engine.
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/run.ts';
import { freePort } from './free-port.ts';
import { killLiving, type Living } from './living.ts';
import { run } from './program.ts';
import type { Workplace } from './workplace.ts';

const version = readdirSync('/usr/lib/postgresql').sort().at(-1) ?? '';

export const postgres = `/usr/lib/postgresql/${version}/bin/postgres`;

export interface PostgresqlCluster {
  readonly port: number;
  readonly data: string;
  /** What starts it. */
  readonly start: readonly string[];
  readonly sql: (text: string) => Promise<string>;
}

function isOfPostgresql({ commandLine }: Living): boolean {
  return commandLine.startsWith('postgres:') || commandLine.startsWith(postgres) || commandLine.includes('burying.py');
}

/** Its files stand under the workplace but for the configuration that Debian keeps in /etc. Removed afterwards. */
export async function createCluster(place: Workplace): Promise<PostgresqlCluster> {
  const name = place.directory.replace(/.*procsaver-test-/, 'procsaver').toLowerCase();
  const port = await freePort();
  place.afterwards(async () => {
    // An engine that lives would bring the database back while it is dropped.
    for (const one of place.living()) if (!isOfPostgresql(one)) killLiving(one);
    const dropped = await run(['pg_dropcluster', '--stop', version, name], place);
    if (dropped.status !== 0) throw new Error(`pg_dropcluster failed: ${dropped.stdout}${dropped.stderr}`);
  });
  await run(['install', '-d', '-o', 'postgres', place.path('run')], place);
  const options = [
    ['--port', `${port}`],
    ['--datadir', place.path('data')],
    ['--socketdir', place.path('run')],
    ['--logfile', place.path('postgresql.log')],
  ];
  const tuned = ['fsync=off', 'shared_buffers=4MB', 'max_connections=10', 'autovacuum=off'];
  const created = await run(
    [
      'pg_createcluster',
      ...options.flat(),
      ...tuned.flatMap((one) => ['--pgoption', one]),
      version,
      name,
      ...['--', '--auth=trust', '--no-sync'],
    ],
    place,
  );
  if (created.status !== 0) throw new Error(`pg_createcluster failed: ${created.stdout}${created.stderr}`);
  const psql = ['psql', '--host', place.path('run'), '--port', `${port}`, '--username', 'postgres'];
  const sql = async (text: string): Promise<string> => {
    const { stdout, stderr } = await run([...psql, '--no-align', '--tuples-only', '--command', text], place);
    return `${stdout}${stderr}`.trim();
  };
  copyFileSync(join(project, 'test/fixtures/programs/burying.py'), place.path('burying.py'));
  const start = ['/usr/bin/python3', place.path('burying.py'), 'pg_ctlcluster', version, name, 'start'];
  return { port, data: place.path('data'), start, sql };
}

/** Until it is buried a dead postmaster bears its pid, and PostgreSQL takes it for alive: the script waits for that. */
export function writeRestartScript(place: Workplace, { data, start }: PostgresqlCluster): string {
  const text = `#!/bin/sh
for try in $(seq 100); do
  kill -0 "$(head -n 1 ${data}/postmaster.pid)" || break
  sleep 0.05
done
exec ${start.join(' ')}
`;
  return place.write('start-database.sh', text, 0o755);
}
