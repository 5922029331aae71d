/**
 * The word by which Windows starts this program as its service; behind it the service's name, and the folder of PROCSAVER_HOME or
 * nothing. See windows/own-service.ts.
 */
export const ownServiceWord = '--as-service';
