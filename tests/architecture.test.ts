import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

// Leaf files of the server's side of lib: every room there may use them.
const leaves = [
  'lib/env',
  'lib/env-values',
  'lib/error-without-values',
  'lib/errors',
  'lib/ids',
  'lib/log',
  'lib/pace',
  'lib/process-wide',
  'lib/read-input',
  'lib/sweeping',
]

// Every room has words. Those of all languages at once (`translate`) are the server's, like the leaves.
const words = ['format', 'locales', 'message', 'say', 'use-say'].map(
  (name) => `lib/messages/${name}`,
)
const allWords = 'lib/messages/translate'

// Who may import whom, besides its own folder. What is absent is forbidden; type-only imports obey it too.
// The first room whose pattern fits a file is its room.
const rooms: { room: string; files: RegExp; may: string[]; leaves?: boolean }[] = [
  {
    room: 'server.ts',
    files: /^server\.ts$/,
    may: [
      'lib/ai/providers',
      'lib/db',
      'lib/env',
      'lib/events',
      'lib/generations',
      'lib/http',
      'lib/jobs',
      'lib/library',
      'lib/canvas',
      'lib/doors',
      'lib/money',
      'lib/notices',
      allWords,
      'lib/pace',
      'lib/people',
      'lib/reporting',
      'lib/sweeping',
    ],
  },
  {
    room: 'app routes',
    files: /^app\/(.*\/)?route\.ts$/,
    may: [
      'lib/ai/models',
      'lib/assets',
      'lib/canvas',
      'lib/chat',
      'lib/contract',
      'lib/doors',
      'lib/errors',
      'lib/messages',
      'lib/generations',
      'lib/http',
      'lib/library',
      'lib/money',
      'lib/notices',
      'lib/people',
      'lib/reporting',
    ],
  },
  {
    // Pages that only some may see ask who is there before they are drawn.
    room: 'callers of pages',
    files: /^app\/people\/page-caller\.ts$/,
    may: ['app', 'lib/people'],
  },
  {
    // The page of a link is drawn for programs too, which read its head and run no script.
    room: 'pages of shared links',
    files: /^app\/s\/page-shared\.ts$/,
    may: ['app', 'lib/contract', 'lib/http'],
  },
  {
    // A canvas is sent with its page: read by that, it would come a round trip later.
    room: 'canvases sent with their page',
    files: /^app\/canvas\/\[canvasId\]\/sent-canvas\.ts$/,
    may: ['lib/canvas', 'lib/people'],
  },
  {
    room: 'app screens',
    files: /^app\//,
    may: ['app', 'components', 'lib/ai/api', 'lib/contract', 'lib/delivery'],
  },
  {
    room: 'components/video',
    files: /^components\/video\//,
    may: ['components/ui', 'lib/contract'],
  },
  {
    room: 'components/chat',
    files: /^components\/chat\//,
    may: ['components/ui', 'components/video', 'lib/contract'],
  },
  { room: 'components/ui', files: /^components\/ui\//, may: [] },
  { room: 'lib/messages', files: /^lib\/messages\//, may: ['lib/process-wide'] },
  { room: 'lib/contract', files: /^lib\/contract\//, may: [] },
  { room: 'lib/delivery', files: /^lib\/delivery\//, may: ['lib/contract'] },
  { room: 'lib/ai/api', files: /^lib\/ai\/api\//, may: ['lib/contract'] },
  { room: 'lib/ai/models', files: /^lib\/ai\/models\//, may: ['lib/contract'] },
  {
    room: 'provider registry',
    files: /^lib\/ai\/providers\/index\.ts$/,
    may: ['lib/ai/providers', 'lib/contract'],
    leaves: true,
  },
  {
    // Never the database, assets or the environment: fetch, clock and settings are handed in.
    room: 'lib/ai/providers',
    files: /^lib\/ai\/providers\//,
    may: ['lib/contract', 'lib/ai/models', 'lib/errors'],
  },
  {
    // The director is a model like any other: words in, words and calls out, and nothing of ours but the contract and
    // the words. Of all languages: it answers in the one it is spoken to in, whatever that of the page is.
    room: 'lib/chat/director',
    files: /^lib\/chat\/director\//,
    may: ['lib/contract', allWords],
  },
  {
    room: 'lib/chat',
    files: /^lib\/chat\//,
    may: [
      'lib/ai/models',
      'lib/assets',
      'lib/canvas',
      'lib/chat/director',
      'lib/contract',
      'lib/db',
      'lib/generations',
      'lib/people',
    ],
    leaves: true,
  },
  {
    // What is on a canvas. It reads nothing of a chat: chats read it.
    room: 'lib/canvas',
    files: /^lib\/canvas\//,
    may: [
      'lib/ai/models',
      'lib/assets',
      'lib/contract',
      'lib/db',
      'lib/generations',
      'lib/kinds',
      'lib/people',
    ],
    leaves: true,
  },
  {
    room: 'lib/generations',
    files: /^lib\/generations\//,
    may: [
      'lib/ai/models',
      'lib/ai/providers',
      'lib/assets',
      'lib/contract',
      'lib/db',
      'lib/jobs',
      'lib/kinds',
      'lib/money',
      'lib/notices/enqueue',
    ],
    leaves: true,
  },
  {
    // Foreign protocols onto start and follow, nothing more.
    room: 'lib/doors',
    files: /^lib\/doors\//,
    may: [
      'lib/ai/models',
      'lib/assets',
      'lib/contract',
      'lib/db',
      'lib/generations',
      'lib/http',
      'lib/money',
      'lib/notices',
      'lib/people',
    ],
    leaves: true,
  },
  {
    room: 'lib/notices',
    files: /^lib\/notices\//,
    may: ['lib/assets', 'lib/contract', 'lib/db', 'lib/people'],
    leaves: true,
  },
  {
    // What an owner has, found and put in order. Nothing that makes or shows a generation needs it.
    room: 'lib/library',
    files: /^lib\/library\//,
    may: ['lib/assets', 'lib/contract', 'lib/db', 'lib/generations', 'lib/kinds', 'lib/people'],
    leaves: true,
  },
  {
    room: 'lib/kinds',
    files: /^lib\/kinds\//,
    may: ['lib/ai/models', 'lib/assets', 'lib/contract'],
  },
  {
    room: 'lib/http',
    files: /^lib\/http\//,
    may: [
      'lib/assets',
      'lib/canvas',
      'lib/contract',
      'lib/events',
      'lib/generations',
      'lib/library',
      'lib/people',
    ],
    leaves: true,
  },
  {
    room: 'lib/events',
    files: /^lib\/events\//,
    may: ['lib/contract', 'lib/db', 'lib/generations'],
    leaves: true,
  },
  {
    room: 'lib/reporting',
    files: /^lib\/reporting\//,
    may: [
      'lib/ai/models',
      'lib/ai/providers',
      'lib/assets',
      'lib/contract',
      'lib/db',
      'lib/generations',
      'lib/jobs',
      'lib/money',
    ],
    leaves: true,
  },
  {
    room: 'lib/backup',
    files: /^lib\/backup\//,
    may: ['lib/db', 'lib/generations'],
    leaves: true,
  },
  {
    // The operator's commands: they do nothing themselves.
    room: 'lib/admin',
    files: /^lib\/admin\//,
    may: ['lib/db', 'lib/money', 'lib/people'],
    leaves: true,
  },
  { room: 'lib/assets/storage', files: /^lib\/assets\/storage\//, may: [], leaves: true },
  {
    room: 'lib/assets',
    files: /^lib\/assets\//,
    may: ['lib/assets/storage', 'lib/contract', 'lib/db'],
    leaves: true,
  },
  { room: 'lib/jobs', files: /^lib\/jobs\//, may: ['lib/contract', 'lib/db'], leaves: true },
  { room: 'lib/money', files: /^lib\/money\//, may: ['lib/contract', 'lib/db'], leaves: true },
  {
    room: 'lib/people',
    files: /^lib\/people\//,
    may: ['lib/contract', 'lib/db', 'lib/money'],
    leaves: true,
  },
  // The schema's columns speak the contract's words, by type only.
  { room: 'lib/db', files: /^lib\/db\//, may: ['lib/contract'], leaves: true },
  { room: 'leaf files', files: /^lib\/[^/]+\.ts$/, may: ['lib/contract'], leaves: true },
]

const linesAtMost = 300
const filesAtMost = 15

const sourceFile = /\.(ts|tsx)$/
const testFile = /\.test\.tsx?$|(^|\/)test-[^/]*\.tsx?$/
const importLine = /(?:from|import)\s*\(?\s*'([^']+)'/g

interface Source {
  path: string
  text: string
}

function sources(): Source[] {
  const under = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name))
      .filter((path) => sourceFile.test(path) && !testFile.test(path))
  const paths = ['server.ts', ...['app', 'components', 'lib'].flatMap(under)]
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** The imports of ours in a file, as paths from the root without extension. */
function importsOf({ path, text }: Source) {
  return [...text.matchAll(importLine)]
    .map(([, specifier]) => specifier!)
    .filter((specifier) => specifier.startsWith('.') || specifier.startsWith('#'))
    .map((specifier) =>
      specifier.startsWith('#') ? specifier.slice(1) : posix.join(dirname(path), specifier),
    )
    .map((target) => target.replace(sourceFile, ''))
}

function roomOf(path: string) {
  return rooms.find(({ files }) => files.test(path))
}

function breaches(files: Source[]) {
  return files.flatMap((file) => {
    const room = roomOf(file.path)
    if (!room) return [`${file.path} stands in no room of the table`]
    const own = room.leaves ? [...room.may, ...leaves, allWords] : room.may
    const allowed = [...own, ...words]
    return importsOf(file)
      .filter((target) => roomOf(`${target}.ts`) !== room || room.room === 'leaf files')
      .filter((target) => !/\.(css|json|mjs)$/.test(target))
      .filter((target) => !allowed.some((one) => target === one || target.startsWith(`${one}/`)))
      .map((target) => `${file.path} imports ${target}`)
  })
}

/** Circles of imports, each named by the files on it. */
function circles(files: Source[]) {
  const imports = new Map(files.map((file) => [file.path.replace(sourceFile, ''), importsOf(file)]))
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, trail: string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
      return
    }
    state.set(file, 'open')
    for (const target of imports.get(file) ?? [])
      if (imports.has(target)) visit(target, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of imports.keys()) visit(file, [])
  return found
}

const files = sources()

/** Files of more lines than are read at a glance. */
function longFiles(all: Source[]) {
  return all
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > linesAtMost)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

/** The files of the tests, which the import table leaves free. */
function testSources() {
  const paths = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => sourceFile.test(path))
    .map((path) => ({ path: posix.join('tests', path) }))
}

/** Folders with more files side by side than are taken in at a glance. */
function crowdedFolders(all: Pick<Source, 'path'>[]) {
  const inFolder = Map.groupBy(all, ({ path }) => dirname(path))
  return [...inFolder]
    .filter(([, inside]) => inside.length > filesAtMost)
    .map(([folder, inside]) => `${folder} holds ${inside.length} files`)
}

describe('the import table', () => {
  test('is kept by every import of every file', () => {
    expect(breaches(files)).toEqual([])
  })

  test('has no empty room', () => {
    const empty = rooms.filter(
      ({ files: pattern }) => !files.some(({ path }) => pattern.test(path)),
    )
    expect(empty.map(({ room }) => room)).toEqual([])
  })

  test('has no circles', () => {
    expect(circles(files)).toEqual([])
  })

  test('knows no barrel but the registry of providers', () => {
    const barrels = files.filter(({ path }) => /(^|\/)index\.tsx?$/.test(path))
    expect(barrels.map(({ path }) => path)).toEqual(['lib/ai/providers/index.ts'])
  })

  test('can fail', () => {
    const thief = {
      path: 'app/tools/thief.ts',
      text: "import type { GenerationRow } from '#lib/db/generation-schema'",
    }
    const lost = { path: 'misc/helper.ts', text: '' }
    const provider = {
      path: 'lib/ai/providers/local/thief.ts',
      text: "const { database } = await import('../../../db/client.ts')",
    }
    expect(breaches([thief, lost, provider])).toEqual([
      'app/tools/thief.ts imports lib/db/generation-schema',
      'misc/helper.ts stands in no room of the table',
      'lib/ai/providers/local/thief.ts imports lib/db/client',
    ])
    const chicken = { path: 'lib/jobs/a.ts', text: "import './b.ts'" }
    const egg = { path: 'lib/jobs/b.ts', text: "import './a.ts'" }
    expect(circles([chicken, egg])).toEqual(['lib/jobs/a -> lib/jobs/b -> lib/jobs/a'])
  })
})

describe('the house', () => {
  test('has no file of more than 300 lines', () => {
    expect(longFiles(files)).toEqual([])
  })

  test('has no folder of more than 15 files side by side', () => {
    expect(crowdedFolders([...files, ...testSources()])).toEqual([])
  })

  test('can fail', () => {
    const long = { path: 'lib/jobs/long.ts', text: 'line\n'.repeat(301) }
    const many = Array.from({ length: 16 }, (_, index) => ({
      path: `lib/jobs/file-${index}.ts`,
      text: 'line\n'.repeat(300),
    }))
    expect(longFiles([long, ...many])).toEqual(['lib/jobs/long.ts has 301 lines'])
    expect(crowdedFolders(many)).toEqual(['lib/jobs holds 16 files'])
    expect(crowdedFolders(many.slice(1))).toEqual([])
  })
})
