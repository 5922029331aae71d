/** How much a notice asks of people, after syslog's words. */
export type Severity = 'debug' | 'info' | 'warning' | 'error' | 'critical';
