/** The name of the variable by which a child knows the pid of the engine that started it: what the child starts bears it too, but has another parent. */
export const starterMark = 'PROCSAVER_STARTER';
