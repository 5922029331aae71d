// vitest runs this once before the tests of the built program.
import { execFileSync } from 'node:child_process';
import { isFresh } from '../../scripts/freshness.ts';
import { project } from '../../scripts/run.ts';
import { program } from './program.ts';

export default function buildFirst(): void {
  const isOwnBuild = process.env['TESTED_PROGRAM'] === undefined;
  if (isOwnBuild && !isFresh(project, 'dist/procsaver')) {
    execFileSync('node', ['scripts/build.ts'], { cwd: project, stdio: 'inherit' });
  }
  process.stderr.write(`The program under test: ${program}\n`);
}
