const registry = globalThis as typeof globalThis & { photofinish?: Map<string, unknown> }

/**
 * One value a process, made at the first call. The server's `lib` is loaded twice in one process (by Node for the
 * front door, by Next's bundle for the rest), so a module-level variable would exist twice.
 */
export function processWide<T>(name: string, create: () => T): T {
  const values = (registry.photofinish ??= new Map())
  if (!values.has(name)) values.set(name, create())
  return values.get(name) as T
}

/** Forgets a value, so that the next call makes another. */
export function forgetProcessWide(name: string) {
  registry.photofinish?.delete(name)
}

/** Forgets every value: the process is as if it had just begun. */
export function forgetAllProcessWide() {
  registry.photofinish?.clear()
}
