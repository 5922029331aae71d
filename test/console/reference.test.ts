import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actions } from '../../source/console/actions.ts';
import { keymap } from '../../source/console/keymap.ts';
import { consoleReference } from '../../source/console/reference.ts';
import { usualSettings } from '../../source/settings/console-settings.ts';

test('docs/console.md is what the tables say; otherwise: npm run generate', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/console.md'), 'utf8')).toBe(consoleReference());
});

test('every action of every screen and every setting stands in it', () => {
  const page = consoleReference();
  for (const { action } of Object.values(keymap).flat()) expect(page).toContain(`| ${actions[action].help.en} |`);
  for (const setting of Object.keys(usualSettings)) expect(page).toContain(`| \`${setting}\` |`);
});
