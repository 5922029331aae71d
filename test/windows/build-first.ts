// vitest runs this once before the tests on Windows.
import { execFileSync } from 'node:child_process';
import { isFresh } from '../../scripts/freshness.ts';
import { project } from '../../scripts/run.ts';
import { windowsExecutable } from './windows-programs.ts';
import { isWineSetUp, wineFolder } from './wine.ts';

export default function buildFirst(): void {
  if (!isWineSetUp) {
    process.stderr.write(
      `NOTHING IS TESTED ON WINDOWS: there is no Wine in ${wineFolder}. As root, scripts/install-wine.sh sets it up (PROCSAVER_WINE names another folder).\n`,
    );
    return;
  }
  if (!isFresh(project, 'dist/procsaver.exe'))
    execFileSync('node', ['scripts/build.ts', '--windows'], { cwd: project, stdio: 'inherit' });
  process.stderr.write(`The program under test on Windows: ${windowsExecutable}\n`);
}
