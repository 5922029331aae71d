// What a machine can check without running the program: types, style, dead code. All of it is run, then the verdict given.
import { run } from './run.ts';

const checks: { name: string; command: string; args: string[] }[] = [
  { name: 'types', command: 'tsc', args: ['--project', 'tsconfig.json'] },
  { name: 'types of the pure rooms', command: 'tsc', args: ['--project', 'tsconfig.pure.json'] },
  { name: 'style and lint', command: 'biome', args: ['ci', '--error-on-warnings'] },
  { name: 'dead code and dependencies', command: 'knip', args: ['--no-progress'] },
];

const failed: string[] = [];
for (const { name, command, args } of checks) {
  const { status } = await run(command, args);
  if (status !== 0) failed.push(`${name} (${command} ${args.join(' ')})`);
}
if (failed.length > 0) {
  process.stderr.write(`Checks that failed: ${failed.join('; ')}\n`);
  process.exit(1);
}
process.stderr.write(`Checks passed: ${checks.map(({ name }) => name).join(', ')}\n`);
