/** What is kept for this tab; undefined on the server, and where storage is blocked, full or holds what is not ours. */
export function attemptStorage<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(sessionStorage)
  } catch {
    return undefined
  }
}
