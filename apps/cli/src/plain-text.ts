/** Names in a file, and of files, are a stranger's: control characters must not reach the terminal. */
export function plainText(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, "\uFFFD");
}
