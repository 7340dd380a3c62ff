/** A loopback address that only this process uses, so that no other test's socket occupies its ports. */
const { pid } = process;

export const HOST = `127.${(pid >> 14) & 255}.${128 + ((pid >> 7) & 127)}.${1 + (pid & 127)}`;
