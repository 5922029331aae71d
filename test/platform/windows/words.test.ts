// What Windows and profiles say, read without Windows.
import { expect, test } from 'vitest';
import { exitOf } from '../../../source/platform/windows/exit-words.ts';
import { programLine } from '../../../source/platform/windows/program-line.ts';
import { stopWayOf } from '../../../source/platform/windows/stop-way.ts';

test.each([
  [0, { code: 0 }],
  [7, { code: 7 }],
  [0xc000_0005, { signal: 'ACCESS_VIOLATION', core: false }],
  [0xc000_013a, { signal: 'CONTROL_C_EXIT', core: false }],
  [0xe043_4352, { signal: 'CLR_EXCEPTION', core: false }],
  [0xc000_0999, { signal: '0xC0000999', core: false }],
  [0xffff_ffff, { code: -1 }],
])('exit code %i', (code, exit) => {
  expect(exitOf(code)).toEqual(exit);
});

test('signals of Linux have a meaning on Windows, or none', () => {
  expect(['SIGTERM', 'SIGINT', 'CTRL_BREAK', 'WM_CLOSE', 'SIGKILL', 'SIGHUP', 'toString'].map(stopWayOf)).toEqual([
    'gentle',
    'CTRL_C',
    'CTRL_BREAK',
    'WM_CLOSE',
    'kill',
    null,
    null,
  ]);
});

const cmd = 'C:\\Windows\\System32\\cmd.exe';

test('a program is given its words as its runtime reads them', () => {
  expect(programLine('C:\\node.exe', ['node', 'a b.js', '"x"'], cmd)).toEqual({
    file: 'C:\\node.exe',
    line: '"node" "a b.js" "\\"x\\""',
  });
});

test('a text for the shell reaches it as it was written', () => {
  expect(programLine(cmd, ['cmd.exe', '/d', '/s', '/c', 'echo "a b" > x.txt'], cmd)).toEqual({
    file: cmd,
    line: `"${cmd}" /d /s /c "echo "a b" > x.txt"`,
  });
});

test('nothing that is handed to a batch file is taken for a command', () => {
  expect(programLine('C:\\a\\run.cmd', ['run', 'x & del *', '%PATH%', 'say "hi"', 'C:\\b\\'], cmd)).toEqual({
    file: cmd,
    line: `"${cmd}" /e:ON /v:OFF /d /c ""C:\\a\\run.cmd" "x & del *" "%%cd:~,%PATH%%cd:~,%" "say ""hi""" "C:\\b\\\\""`,
  });
  expect(programLine('C:\\a\\run.cmd', ['run', 'a\nb'], cmd)).toEqual({
    problem: expect.stringContaining('no line end'),
  });
});
