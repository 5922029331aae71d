// vitest runs this once before the tests of the built program.
import { execFileSync } from 'node:child_process';
import { isFresh } from '../../scripts/freshness.ts';
import { project } from '../../scripts/run.ts';

export default function buildFirst(): void {
  if (isFresh(project, 'dist/procsaver')) return;
  execFileSync('node', ['scripts/build.ts'], { cwd: project, stdio: 'inherit' });
}
