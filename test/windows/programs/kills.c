// kills.exe PID: ends a process at some moment within a second, and says when (ms since 1970), and how long it took somebody who looks each second.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static double nowMs(void) {
  FILETIME time;
  GetSystemTimePreciseAsFileTime(&time);
  ULARGE_INTEGER ticks = {.u = {.LowPart = time.dwLowDateTime, .HighPart = time.dwHighDateTime}};
  return (double)(ticks.QuadPart - 116444736000000000ULL) / 10000.0;
}

static double seenMs;

static DWORD WINAPI look(LPVOID process) {
  for (;;) {
    Sleep(1000);
    if (WaitForSingleObject(process, 0) != WAIT_OBJECT_0) continue;
    seenMs = nowMs();
    return 0;
  }
}

int main(int count, char **words) {
  if (count < 2) return 2;
  HANDLE process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, (DWORD)atoi(words[1]));
  if (process == NULL) return 1;
  HANDLE looker = CreateThread(NULL, 0, look, process, 0, NULL);
  srand(GetTickCount() ^ GetCurrentProcessId());
  Sleep((DWORD)(rand() % 1000));
  double killedMs = nowMs();
  TerminateProcess(process, 9);
  WaitForSingleObject(looker, INFINITE);
  printf("%.1f %.1f\n", killedMs, seenMs - killedMs);
  return 0;
}
