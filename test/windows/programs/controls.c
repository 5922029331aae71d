// controls.exe NAME start|stop|pause|continue|query: does with a service what services.msc does, and writes its state.
#include <stdio.h>
#include <string.h>
#include <windows.h>

int main(int count, char **words) {
  if (count < 3) return 2;
  SC_HANDLE manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_CONNECT);
  SC_HANDLE service = OpenServiceA(manager, words[1], SERVICE_ALL_ACCESS);
  if (service == NULL) {
    printf("error %lu\n", GetLastError());
    return 1;
  }
  SERVICE_STATUS status;
  BOOL isDone = TRUE;
  if (strcmp(words[2], "start") == 0) isDone = StartServiceA(service, 0, NULL);
  if (strcmp(words[2], "stop") == 0) isDone = ControlService(service, SERVICE_CONTROL_STOP, &status);
  if (strcmp(words[2], "pause") == 0) isDone = ControlService(service, SERVICE_CONTROL_PAUSE, &status);
  if (strcmp(words[2], "continue") == 0) isDone = ControlService(service, SERVICE_CONTROL_CONTINUE, &status);
  if (!isDone) {
    printf("error %lu\n", GetLastError());
    return 1;
  }
  const char *names[] = {"", "STOPPED", "START_PENDING", "STOP_PENDING", "RUNNING", "CONTINUE_PENDING", "PAUSE_PENDING", "PAUSED"};
  QueryServiceStatus(service, &status);
  printf("%s\n", names[status.dwCurrentState]);
  return 0;
}
