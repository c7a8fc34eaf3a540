/** The header of every answer that names the build which gave it. */
export const buildHeader = 'x-build'

/** The build this page is of; empty while developing. Next writes it into the page's files. */
const ownBuild = process.env.BUILD ?? ''

let isNewer = false
const listeners = new Set<() => void>()

/** Compares an answer's build with the page's. Once another build has answered, the page is out of date. */
export function noteBuild({ headers }: Pick<Response, 'headers'>, own = ownBuild) {
  const answered = headers.get(buildHeader)
  if (isNewer || !own || !answered || answered === own) return
  isNewer = true
  for (const listener of listeners) listener()
}

/** Whether the server runs another build than the page. */
export function isNewerBuild() {
  return isNewer
}

export function onNewerBuild(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
