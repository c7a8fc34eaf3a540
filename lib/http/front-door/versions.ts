import { keyNeeds, keyNeedOf } from './key-scopes.ts'

const versioned = '/api/v1/'
// Was below the version before there was one, and stays.
const events = '/api/v1/events/'

/**
 * The one address of a request that may come with the version of the API or without: `/api/v1/file` is `/api/file`, and
 * `/api/events/user` is `/api/v1/events/user`. Only for what is meant for programs. Everything behind this sees one.
 */
export function withoutVersion(url: string): string {
  if (url.startsWith('/api/events/')) return url.replace('/api/', versioned)
  if (!url.startsWith(versioned) || url.startsWith(events)) return url
  const plain = url.replace(versioned, '/api/')
  return isForPrograms(plain.split('?', 1)[0]!) ? plain : url
}

const methods = new Set(Object.values(keyNeeds).flatMap((needs) => Object.keys(needs)))

/** Whether a key may do something there, by whatever method. */
function isForPrograms(path: string) {
  return [...methods].some((method) => {
    const need = keyNeedOf(method, path)
    return need !== 'never' && need !== 'ignored' && need !== 'admin'
  })
}
