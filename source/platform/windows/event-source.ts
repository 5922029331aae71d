/**
 * What the event viewer has to know to show our events: a program with the texts. Ours is one text, `%1`, for every number, and such a
 * list is part of Windows: eventcreate.exe has it for 1 to 1000.
 */
export const eventSource = {
  name: 'procsaver',
  /** Below HKEY_LOCAL_MACHINE. */
  key: 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\procsaver',
  values: {
    EventMessageFile: '%SystemRoot%\\System32\\EventCreate.exe',
    /** Errors, warnings, information. */
    TypesSupported: 7,
    CustomSource: 1,
  },
} as const;
