// Writes what is generated from tables: the JSON Schema of profiles, and the manual's lists of fields, notices and commands.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandReference } from '../source/cli/reference.ts';
import { consoleReference } from '../source/console/reference.ts';
import { noticeReference } from '../source/notices/reference.ts';
import { fieldReference } from '../source/profile/generate/reference.ts';
import { profileSchemaText } from '../source/profile/generate/schema.ts';

const home = join(import.meta.dirname, '..');
const files = {
  'profiles/profile.schema.json': profileSchemaText(),
  'docs/profile-fields.md': fieldReference(),
  'docs/notices.md': noticeReference(),
  'docs/console.md': consoleReference(),
  'docs/commands.md': commandReference('en'),
  'docs/commands.ja.md': commandReference('ja'),
};

for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
  console.log(path);
}
