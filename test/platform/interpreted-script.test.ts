import { expect, test } from 'vitest';
import { interpretedScript } from '../../source/platform/interpreted-script.ts';

/** The first word is the program's file. */
const scriptOf = (line: string) => {
  const words = line.split(' ');
  return interpretedScript(words[0] as string, words);
};

test.each([
  ['/usr/bin/python3 /srv/backup.py --python no.py', '/srv/backup.py'],
  ['/usr/bin/python3.11 -u backup.py', 'backup.py'],
  ['/usr/bin/python3 -W ignore -X dev x.py', 'x.py'],
  ['/usr/bin/python3 -Wignore -Xdev -BuO x.py', 'x.py'],
  ['/usr/bin/python3 --check-hash-based-pycs never x.py', 'x.py'],
  ['/usr/bin/python3 -- x.py', 'x.py'],
  ['/usr/bin/python3 -m http.server 8080', 'http.server'],
  ['/usr/bin/python3 -um http.server', 'http.server'],
  ['/usr/bin/pypy3 -mhttp.server', 'http.server'],
  ['/usr/bin/python3 -c pass x.py', null],
  ['/usr/bin/python3 -uc pass x.py', null],
  ['/usr/bin/python3 - x.py', null],
  ['/usr/bin/python3', null],
  ['/usr/bin/node server.js', 'server.js'],
  ['/usr/bin/node --inspect --max-old-space-size=512 --enable-source-maps server.js', 'server.js'],
  ['/usr/bin/node -r dotenv/config --import ./hook.mjs server.js', 'server.js'],
  ['/usr/bin/node --require=dotenv/config --env-file .env server.js', 'server.js'],
  ['/usr/bin/node inspect server.js', 'server.js'],
  ['/usr/bin/node -e 1 server.js', null],
  ['/usr/bin/node -pe 1 server.js', null],
  ['/usr/bin/node --eval=1 server.js', null],
  ['/usr/bin/perl -w -I lib -Mstrict -i.bak x.pl', 'x.pl'],
  ['/usr/bin/perl -pie 1 x.pl', '1'],
  ['/usr/bin/perl -ne 1 x.pl', null],
  ['/usr/bin/ruby -I lib -rjson -W0 x.rb', 'x.rb'],
  ['/usr/bin/ruby -e 1', null],
  ['/bin/sh /srv/run.sh -c', '/srv/run.sh'],
  ['/bin/bash -eu -o pipefail run.sh', 'run.sh'],
  ['/bin/bash -euo pipefail run.sh', 'run.sh'],
  ['/bin/bash +x --norc --rcfile none run.sh', 'run.sh'],
  ['/bin/bash -lc run.sh', null],
  ['/bin/sh -s run.sh', null],
  ['/usr/bin/java -Xmx1g -Dname=shop -jar /opt/shop.jar serve', '/opt/shop.jar'],
  ['/usr/bin/java -cp a.jar:b.jar -ea com.acme.Main serve', 'com.acme.Main'],
  ['/usr/bin/java --class-path a.jar --add-opens java.base/java.lang=ALL-UNNAMED com.acme.Main', 'com.acme.Main'],
  ['/usr/bin/java --add-opens=java.base/java.lang=ALL-UNNAMED @options com.acme.Main', 'com.acme.Main'],
  ['/usr/bin/java -p mods -m shop/com.acme.Main serve', 'com.acme.Main'],
  ['/usr/bin/java --module=shop', 'shop'],
  ['/usr/bin/java src/Main.java', 'src/Main.java'],
  ['/usr/bin/java -version', null],
  ['/usr/bin/php8.2 -d memory_limit=1G -c /etc/php queue.php', 'queue.php'],
  ['/usr/bin/php -f queue.php', 'queue.php'],
  ['/usr/bin/php -S 127.0.0.1:80 queue.php', null],
  ['/usr/bin/dotnet exec --depsfile a.json shop.dll', 'shop.dll'],
  ['/bin/busybox x.sh', null],
  ['/usr/bin/vim x.py', null],
])('%s runs %s', (line, script) => {
  expect(scriptOf(line)).toBe(script);
});

test('where the program cannot be seen its own first word has to do, as for one file that is many programs', () => {
  expect(interpretedScript(null, ['/usr/bin/python3', 'x.py'])).toBe('x.py');
  expect(interpretedScript(null, ['-bash'])).toBeNull();
  expect(interpretedScript(null, ['-bash', 'x.sh'])).toBe('x.sh');
  expect(interpretedScript('/bin/busybox', ['sh', 'x.sh'])).toBe('x.sh');
  expect(interpretedScript(null, [])).toBeNull();
});
