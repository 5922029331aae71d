/** The name of the mark by which a later engine finds its children, see the port's `launch`. */
export const launchMark = 'PROCSAVER_LAUNCH';
