/**
 * Reads by key, a turn of the event loop at a time: all that is asked for within one turn is one call of `read`, made
 * after the last of them asked. So no asker gets what was read before it asked, and a thousand askers cost one query.
 */
export function readTogether<Value>(read: (keys: string[]) => Promise<Map<string, Value>>) {
  let next: { keys: Set<string>; values: Promise<Map<string, Value>> } | undefined
  const begin = () => {
    const keys = new Set<string>()
    const turnEnds = new Promise((resolve) => setImmediate(resolve))
    const values = turnEnds.then(() => {
      next = undefined
      return read([...keys])
    })
    return { keys, values }
  }
  return async (key: string): Promise<Value | undefined> => {
    next ??= begin()
    next.keys.add(key)
    return (await next.values).get(key)
  }
}
