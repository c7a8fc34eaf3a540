/**
 * Runs `act` in one tab of the browser at a time, for each name. Where the browser has no locks (plain HTTP on another
 * host than localhost), or denies them together with its cookies, it runs at once. Rejects where `signal` ends the wait.
 */
export async function inTurn<T>(
  name: string,
  act: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const locks = 'locks' in navigator ? (navigator.locks as LockManager | undefined) : undefined
  if (!locks) return act()
  let hasBegun = false
  const once = () => {
    hasBegun = true
    return act()
  }
  try {
    return await locks.request(name, signal ? { signal } : {}, once)
  } catch (error) {
    if (hasBegun || signal?.aborted) throw error
    return act()
  }
}
