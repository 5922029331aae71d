// hangs.exe: writes its pid and a word, then two of its threads wait for each other's lock for ever, in functions whose names can be looked for.
#include <stdio.h>
#include <windows.h>

static CRITICAL_SECTION stock, ledger;
static HANDLE bothHoldOne[2];

static void meet(int mine) {
  SetEvent(bothHoldOne[mine]);
  WaitForMultipleObjects(2, bothHoldOne, TRUE, INFINITE);
}

__attribute__((noinline)) DWORD WINAPI bookIntoLedger(LPVOID unused) {
  (void)unused;
  EnterCriticalSection(&ledger);
  meet(0);
  EnterCriticalSection(&stock);
  return 0;
}

__attribute__((noinline)) void takeFromStock(void) {
  EnterCriticalSection(&stock);
  meet(1);
  printf("%lu booking\n", GetCurrentProcessId());
  fflush(stdout);
  EnterCriticalSection(&ledger);
}

int main(void) {
  InitializeCriticalSection(&stock);
  InitializeCriticalSection(&ledger);
  // Manual reset: both see both.
  for (int each = 0; each < 2; each++) bothHoldOne[each] = CreateEventW(NULL, TRUE, FALSE, NULL);
  CreateThread(NULL, 0, bookIntoLedger, NULL, 0, NULL);
  takeFromStock();
  return 0;
}
