/** Commands as a user types them into a shell. */

/** A word of a command, quoted if a shell would read it otherwise. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./×-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
