import { drawByOldConsole } from '../../../native-bindings/windows/old-console.ts';

/** Wine's console loses lines of a screen that comes as sequences. Wine hands its own variables on; on Windows nothing is done. */
export function drawForWine(environment: NodeJS.ProcessEnv): void {
  if (environment['WINEPREFIX'] !== undefined) drawByOldConsole();
}
