/** Our own catcher shows what a message answers; a real provider learns nothing that it does not need. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
