// suspends.exe PID: halts every thread of a process, as a debugger that was forgotten does.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

typedef LONG(WINAPI *Suspend)(HANDLE);

int main(int count, char **words) {
  if (count < 2) return 2;
  HANDLE process = OpenProcess(PROCESS_SUSPEND_RESUME, FALSE, (DWORD)atoi(words[1]));
  Suspend suspend = (Suspend)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtSuspendProcess");
  if (process == NULL || suspend == NULL) return 1;
  return suspend(process) < 0;
}
