// service.exe NAME [FILE]: a Windows service, to be started by the service manager only. Writes its pid and what it is asked into FILE.
// Answers stop, pause, continue and shutdown. A control of the user's own, 128, has it end with the service's own error 5; 129 has it hang
// at the next stop.
#include <stdio.h>
#include <windows.h>

static SERVICE_STATUS_HANDLE manager;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static HANDLE over;
static const char *file;
static BOOL hangs;

static void note(const char *text) {
  FILE *out = file == NULL ? NULL : fopen(file, "a");
  if (out == NULL) return;
  fprintf(out, "%lu %s\n", GetCurrentProcessId(), text);
  fclose(out);
}

static void tell(DWORD state) {
  status.dwCurrentState = state;
  BOOL isPending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
  status.dwControlsAccepted = isPending ? 0 : SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PAUSE_CONTINUE | SERVICE_ACCEPT_SHUTDOWN;
  SetServiceStatus(manager, &status);
}

static DWORD WINAPI obey(DWORD control, DWORD event, LPVOID data, LPVOID context) {
  (void)event;
  (void)data;
  (void)context;
  switch (control) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
      note("stop");
      tell(SERVICE_STOP_PENDING);
      if (!hangs) SetEvent(over);
      return NO_ERROR;
    case SERVICE_CONTROL_PAUSE:
      note("pause");
      tell(SERVICE_PAUSED);
      return NO_ERROR;
    case SERVICE_CONTROL_CONTINUE:
      note("continue");
      tell(SERVICE_RUNNING);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    case 128:
      note("fail");
      status.dwWin32ExitCode = ERROR_SERVICE_SPECIFIC_ERROR;
      status.dwServiceSpecificExitCode = 5;
      SetEvent(over);
      return NO_ERROR;
    case 129:
      hangs = TRUE;
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

static void WINAPI serve(DWORD count, LPWSTR *words) {
  (void)count;
  over = CreateEventW(NULL, TRUE, FALSE, NULL);
  manager = RegisterServiceCtrlHandlerExW(words[0], obey, NULL);
  tell(SERVICE_START_PENDING);
  note("start");
  tell(SERVICE_RUNNING);
  WaitForSingleObject(over, INFINITE);
  note("end");
  tell(SERVICE_STOPPED);
}

int main(int count, char **words) {
  if (count < 2) return 2;
  if (count > 2) file = words[2];
  wchar_t name[64];
  MultiByteToWideChar(CP_UTF8, 0, words[1], -1, name, 64);
  SERVICE_TABLE_ENTRYW table[] = {{name, serve}, {NULL, NULL}};
  return StartServiceCtrlDispatcherW(table) ? 0 : (int)GetLastError();
}
