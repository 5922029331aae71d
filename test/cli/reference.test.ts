import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../source/cli/commands.ts';
import { commandReference } from '../../source/cli/reference.ts';
import { typed } from './run-command.ts';

const published = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

test('the published pages of commands are those that the tables give; `npm run generate` writes them', () => {
  expect(published('docs/commands.md')).toBe(commandReference('en'));
  expect(published('docs/commands.ja.md')).toBe(commandReference('ja'));
});

test('every command has its page', () => {
  for (const name of Object.keys(commands)) expect(commandReference('en')).toContain(`\n### ${name}\n`);
});

test('help gives the pages of all commands that it is asked for', async () => {
  const { stdout } = await typed('help pause resume');
  expect(stdout).toContain('procsaver pause TARGET');
  expect(stdout).toContain('\n\nprocsaver resume TARGET');
});
