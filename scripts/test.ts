// npm test: builds, checks, then runs every test. `npm test -- ARGUMENT...` hands the arguments to vitest.
import { isFresh } from './freshness.ts';
import { mustRun, project, run } from './run.ts';

if (!isFresh(project, 'dist/procsaver')) await mustRun('node', ['scripts/build.ts']);
const checks = await run('node', ['scripts/check.ts']);
const tests = await run('vitest', ['run', ...process.argv.slice(2)]);
// The tests run even where a check fails, so that one run tells everything; the runner's lines stand last or next to last.
if (checks.status !== 0) process.stderr.write('The checks before the tests failed: npm run check\n');
process.exit(tests.status || checks.status);
