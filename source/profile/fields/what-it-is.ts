import { field, optional } from '../field.ts';
import { commandOrText } from '../type/command.ts';
import { instanceRange } from '../type/instance-range.ts';
import { executable, path, regularExpression } from '../type/place.ts';
import { boolean, choice, text } from '../type/scalar.ts';

/** What the process is. Exactly one of `command`, `match` and `service` says so. */
export const whatItIs = {
  command: optional(commandOrText(), {
    help: 'The program and its arguments, as a list or as one text that is split at blanks (quotes hold blanks together) without a shell. The program is looked up in PATH; a relative path with a slash is relative to `directory`.',
    kinds: ['command'],
  }),
  shell: field(boolean(), {
    default: false,
    help: "Run `command`, which is then one text, by `/bin/sh -c` (on Windows by `cmd /c`). `$NAME` is then the shell's business; `${NAME}` is expanded when the profile is read, and `$$` stands for one `$`.",
    kinds: ['command'],
  }),
  'match.executable': optional(executable(), {
    help: 'The program of a process that something else starts: absolute path or base name. A script is found by its own path or name (`backup.py` finds `python3 -u /srv/backup.py`), and so are jars, main classes and modules (`java -jar shop.jar`, `java com.acme.Main`, `python3 -m http.server`); the name of the interpreter finds it too.',
    kinds: ['match'],
  }),
  'match.arguments': optional(regularExpression(), {
    help: "Searched in the command line: its words joined by blanks, as `ps` shows them. `^` fits where the program's name begins, and where its arguments begin.",
    kinds: ['match'],
  }),
  'match.user': optional(text(), { help: 'Name or number of the user that the process runs as.', kinds: ['match'] }),
  'match.pidFile': optional(path(), {
    help: "File whose first line is the process's number. Relative to the profile's folder.",
    kinds: ['match'],
  }),
  service: optional(text(), {
    help: 'The service of the operating system, such as `cups.service` (`.service` may be left out) or on Windows `Spooler`. Its manager starts and stops it.',
    kinds: ['service'],
  }),
  scope: optional(choice('system', 'user'), {
    help: "Whose service it is: the machine's, or one of the user that procsaver runs as. Without it the machine's when procsaver runs as root, else the user's; Windows has only the machine's.",
    kinds: ['service'],
  }),
  instances: field(instanceRange(), {
    default: 1,
    help: 'How many run at the same time. Of a `command` the copies that are started, a number. Of a `match` the processes that must be there: a number, or `{ min, max, for }`, where `{ min: 3 }` is three or more, and `for` is how long a shortage or a surplus lasts before it is said and acted on.',
    kinds: ['command', 'match'],
  }),
};
