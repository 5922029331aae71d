/** The word by which this program starts itself to send an event to the consoles of others; see windows/console-events.ts. */
export const consoleEventWord = '--send-console-event';
