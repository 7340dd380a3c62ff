/** This process's own loopback address, so that no other test's socket takes a port of it. */
const { pid } = process;

export const HOST = `127.${(pid >> 14) & 255}.${128 + ((pid >> 7) & 127)}.${1 + (pid & 127)}`;
