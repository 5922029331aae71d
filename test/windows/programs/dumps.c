// dumps.exe PID FILE [full]: writes a minidump of another process: what the reader of dumps in these tests is tried on.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <dbghelp.h>

int main(int count, char **words) {
  if (count < 3) return 2;
  DWORD pid = (DWORD)atol(words[1]);
  HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, pid);
  HANDLE file = CreateFileA(words[2], GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  MINIDUMP_TYPE type = count > 3 && strcmp(words[3], "full") == 0 ? MiniDumpWithFullMemory : MiniDumpNormal;
  if (MiniDumpWriteDump(process, pid, file, type, NULL, NULL, NULL)) return 0;
  printf("error %lu\n", GetLastError());
  return 1;
}
