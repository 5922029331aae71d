// lists.exe: each process that may be asked, on a line of its own: pid, program, first argument, with tabs between. Reads the command line as
// debuggers do, from the memory of the process.
#include <stdio.h>
#include <windows.h>
#include <shellapi.h>
#include <tlhelp32.h>
#include <winternl.h>

typedef NTSTATUS(WINAPI *Query)(HANDLE, int, void *, ULONG, ULONG *);

static int readLine(HANDLE process, Query query, wchar_t *line, size_t bytes) {
  PROCESS_BASIC_INFORMATION basic;
  PEB block;
  RTL_USER_PROCESS_PARAMETERS words;
  if (query(process, 0, &basic, sizeof basic, NULL) < 0) return 0;
  if (!ReadProcessMemory(process, basic.PebBaseAddress, &block, sizeof block, NULL)) return 0;
  if (!ReadProcessMemory(process, block.ProcessParameters, &words, sizeof words, NULL)) return 0;
  if (words.CommandLine.Length + sizeof(wchar_t) > bytes) return 0;
  line[words.CommandLine.Length / sizeof(wchar_t)] = 0;
  return ReadProcessMemory(process, words.CommandLine.Buffer, line, words.CommandLine.Length, NULL);
}

int main(void) {
  Query query = (Query)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQueryInformationProcess");
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  static wchar_t line[16384];
  for (BOOL more = Process32FirstW(all, &entry); more; more = Process32NextW(all, &entry)) {
    HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, entry.th32ProcessID);
    if (process == NULL) continue;
    int count = 0;
    LPWSTR *words = readLine(process, query, line, sizeof line) ? CommandLineToArgvW(line, &count) : NULL;
    printf("%lu\t%ls\t%ls\n", entry.th32ProcessID, count > 0 ? words[0] : L"", count > 1 ? words[1] : L"");
    CloseHandle(process);
  }
  return 0;
}
