// Addresses of the studio itself: below one of these it could not tell its own addresses from the prefix.
const own =
  /^\/(?:(?:api|_next|health)(?:\/.*)?|chat|docs(?:\/api)?|library|settings|status|tools(?:\/video-generator)?)$/
const wellFormed = /^(?:\/[\w~-][\w.~-]*)*$/
const lengthAtMost = 200

/** What `BASE_PATH` may be, in the words of its refusal. */
export const basePathRule =
  'give the path below which browsers see the studio, like /studio: letters, digits and - _ . ~ only, ' +
  'and none of the studio’s own addresses (/api, /chat, /docs, /health, /library, /settings, /status, /tools)'

/**
 * A path prefix in the one form the studio uses: with a slash in front and none behind, empty for the root. Undefined
 * where it is no such path.
 */
export function readBasePath(value = ''): string | undefined {
  const bare = value.trim().replace(/\/$/, '')
  const path = bare === '' || bare.startsWith('/') ? bare : `/${bare}`
  const isUsable = wellFormed.test(path) && !own.test(path) && path.length <= lengthAtMost
  return isUsable ? path : undefined
}

/**
 * The prefix of every address a browser sees, from `BASE_PATH`: the environment's at the server, built into the pages for
 * the browser. The start refuses a server and pages that differ.
 */
const basePath = readBasePath(process.env.BASE_PATH) ?? ''

/** An address of the studio as a browser sees it. `path` begins with a slash. Every address of ours goes through here. */
export function withBasePath(path: string, base = basePath) {
  if (base === '') return path
  // Never with a slash after the bare prefix: one of both forms redirects to the other, at Next and at some proxies.
  return base + path.replace(/^\/(?=$|\?)/, '')
}

/** The same address without the prefix; as it is where it has none, since a proxy may have taken it off. */
export function withoutBasePath(path: string, base = basePath) {
  if (base === '' || !hasBasePath(path, base)) return path
  const rest = path.slice(base.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Whether an address has the prefix; without one, every address has. */
export function hasBasePath(path: string, base = basePath) {
  return path.startsWith(base) && /^(?:$|[/?])/.test(path.slice(base.length))
}
