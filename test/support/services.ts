/** Services as servers are given them. */
export const ECHO = { name: 'echo', options: {} } as const;
