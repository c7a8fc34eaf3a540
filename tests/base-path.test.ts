import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

// Where addresses are matched and not made, or are another server's.
const exempt = [
  // Asked after the base path was taken off.
  /^lib\/http\/front-door\//,
  // Addresses of other servers.
  /^lib\/ai\/providers\//,
  // Kept in messages without the base path, which may change.
  /^lib\/chat\/core\.ts$/,
]

// A string or a template that begins with an address of ours; behind it, what `Link` and the router complete themselves.
const address = /(withBasePath\(\s*)?(['"`])\/(?:api|health)(?=[/?'"`])/g
// A plain link, or the browser's own history: neither knows of a base path.
const plainLink = /<a\b[^>]*\shref=["{][`'"]?\/|(?:push|replace)State\([^)]*[`'"]\//

function offences(path: string, text: string) {
  const bare = text.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '')
  const unwrapped = [...bare.matchAll(address)].filter(([, wrapper]) => !wrapper)
  const found = unwrapped.map(({ index }) => `${path}: ${bare.slice(index, index + 40)}`)
  return plainLink.test(bare) ? [...found, `${path}: a plain link`] : found
}

function sources() {
  const folders = ['app', 'components', 'lib']
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        posix.join(folder, name),
      ),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .filter((path) => !exempt.some((one) => one.test(path)))
}

test('P2: every address of ours goes through withBasePath', () => {
  expect(
    sources().flatMap((path) => offences(path, readFileSync(join(root, path), 'utf8'))),
  ).toEqual([])
})

test('P2: every call of a page goes through callApi', () => {
  // They read a stream, and the bytes of a view's own address.
  const own = ['lib/delivery/read-event-stream.ts', 'grab-frame.ts', 'calls/call-api.ts']
  const callers = sources()
    .filter((path) =>
      /^(?:app\/(?!api\/)|components\/|lib\/(?:ai\/api|delivery|contract)\/)/.test(path),
    )
    .filter((path) => !own.some((name) => path.endsWith(name)))
    .filter((path) =>
      /(?<![.\w])fetch\(|new EventSource/.test(readFileSync(join(root, path), 'utf8')),
    )
  expect(callers).toEqual([])
})

test('can fail', () => {
  expect(offences('a.ts', "fetch('/api/file')")).toHaveLength(1)
  expect(offences('a.ts', 'fetch(`/api/file/${id}`)')).toHaveLength(1)
  expect(offences('a.ts', "useSWR('/health', read)")).toHaveLength(1)
  expect(offences('a.tsx', '<a href="/chat">')).toHaveLength(1)
  expect(offences('a.ts', "history.pushState(null, '', `/chat/${id}`)")).toHaveLength(1)
  expect(offences('a.ts', "withBasePath('/api/file')\n// '/api/file'")).toEqual([])
})
