import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

// Where addresses are matched and not made, or are another server's.
const exempt = [
  // Asked after the base path was taken off.
  /^lib\/http\/front-door\//,
  // Names routes as the table of keys does; its servers are below the base path.
  /^lib\/http\/openapi\/document\.ts$/,
  // Addresses of other servers.
  /^lib\/ai\/providers\//,
  // Put behind the base path by `people/ask-people.ts`, the one file there that sends them.
  /^lib\/ai\/api\/(?:people|canvas)\/(?!use-account)/,
  // A browser of the tests.
  /^lib\/http\/test-browser\.ts$/,
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

test('P2: of the calls about accounts and canvases, one file sends them all', () => {
  const folder = join(root, 'lib/ai/api/people')
  const sendersIn = (room: string) =>
    readdirSync(room).filter((name) =>
      /\b(?:callApi|fetch)\(/.test(readFileSync(join(room, name), 'utf8')),
    )
  const senders = sendersIn(folder)
  expect(sendersIn(join(root, 'lib/ai/api/canvas'))).toEqual([])
  expect(senders.toSorted()).toEqual(['ask-people.ts', 'use-account.ts'])
  const sender = readFileSync(join(folder, 'ask-people.ts'), 'utf8')
  expect(sender.match(/callApi\([^,]*/g)).toEqual(['callApi(withBasePath(path)'])
})

test('P2: every call of a page goes through callApi', () => {
  // They read a stream, the bytes of a view's own address, and the head of a file of the pages; one writes examples.
  const own = [
    'read-event-stream.ts',
    'grab-frame.ts',
    'media-fault.ts',
    'new-version-bar.tsx',
    'calls/call-api.ts',
    'api/samples.ts',
  ]
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

/** What a script prints in a process of its own: the base path is read once, when the code is loaded. */
async function printed(BASE_PATH: string, script: string) {
  const env = { ...process.env, BASE_PATH, LOG_LEVEL: 'silent' }
  const args = ['--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env })
  return stdout.trim()
}

test.each(['/studio', ''])('P2: what the server names is below "%s"', async (base) => {
  const script = `
    const { aGenerationRow } = await import('./tests/support/generations/generation-row.ts')
    const { fileViewOf } = await import('#lib/generations/view')
    const { startedResponse } = await import('#lib/http/start/started-response')
    const { chatImageId } = await import('#lib/contract/chat')
    const asset = { storageKey: 'file_a/video.mp4', hasPoster: true, filmstripFrames: 3 }
    const row = aGenerationRow({ id: 'file_a', state: 'completed', asset })
    const { url, posterUrl, filmstripUrl } = fileViewOf(row)
    const image = '/api/media/image_${'a'.repeat(24)}/source.png'
    const ids = [image, process.env.BASE_PATH + image, '/other' + image].map((one) => chatImageId(one))
    const location = startedResponse([row]).headers.get('location')
    process.stdout.write(JSON.stringify({ url, posterUrl, filmstripUrl, location, ids }))`
  const id = `image_${'a'.repeat(24)}`
  expect(JSON.parse(await printed(base, script))).toEqual({
    url: `${base}/api/media/file_a/video.mp4`,
    posterUrl: `${base}/api/media/file_a/poster.jpg`,
    filmstripUrl: `${base}/api/media/file_a/filmstrip.jpg`,
    location: `${base}/api/file/file_a`,
    ids: [id, id, null],
  })
})

test('P2: a wrong BASE_PATH is refused in words, before anything is built', async () => {
  const script = `
    const { build } = await import('./scripts/prepare.mjs')
    await build().catch((error) => process.stdout.write(error.message))`
  expect(await printed('//x', script)).toMatch(/^BASE_PATH: give the path .* like \/studio/)
})
