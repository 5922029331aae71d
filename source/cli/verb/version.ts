import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { version } from '../version.ts';

export const run: Run = async (call, context) => {
  if (call.flags.json)
    context.printJson({ version: version(), node: process.version, platform: process.platform, arch: process.arch });
  else context.print(`procsaver ${version()}`);
  return exitStatus.done;
};
