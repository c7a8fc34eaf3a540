import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../support/free-port.ts'
import {
  makeDataFolder,
  makeEmptyFolder,
  removeDataFolder,
} from '../helpers/servers/data-folder.ts'
import { isAlive, isGoneWithin, signal } from '../helpers/servers/processes.ts'
import { expect, test, longUnless } from '../helpers/test.ts'

// `npm run test:long` asks for more.
const rounds = Number(process.env.ROUNDS ?? 1)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const goneMs = 15_000

// Each has a data directory of its own: they fill what other workers leave free.
test.describe.configure({ mode: 'parallel' })
test.skip(process.platform !== 'linux', 'processes are found by /proc')

/** A start of the product in a process group of its own, as a service manager or a terminal has it. */
class Start {
  readonly child: ChildProcess
  output = ''

  constructor(script: string, folder: string, port: number) {
    const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env
    const own = { DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'warn' }
    this.child = spawn(process.execPath, [script], {
      cwd: root,
      detached: true,
      env: { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_ENV: 'production', ...own },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr])
      stream!.on('data', (chunk: Buffer) => (this.output += chunk))
  }

  get pid() {
    return this.child.pid!
  }

  async ready() {
    const ended = once(this.child, 'close').then(() => 'ended')
    const isReady = () => /^Photofinish is ready/m.test(this.output)
    while (!isReady())
      if ((await Promise.race([ended, sleep(50)])) === 'ended') throw new Error(this.output)
  }
}

/** The processes that work for a data directory: they name it, or were started with it. */
async function processesOf(folder: string) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const named = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
      const isMeant = (await Promise.all([read('cmdline'), read('environ')])).some((text) =>
        text.includes(folder),
      )
      return isMeant && isAlive(pid) ? [pid] : []
    }),
  )
  return named.flat()
}

async function expectNothingLeft(folder: string, port: number) {
  await expect.poll(() => processesOf(folder), { timeout: goneMs }).toEqual([])
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
}

async function startRender(port: number) {
  const url = `http://127.0.0.1:${port}`
  const page = await fetch(`${url}/tools/video-generator`, { headers: { accept: 'text/html' } })
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const body = JSON.stringify({ prompt: 'A long one', duration: 10, resolution: '1080p' })
  const headers = { cookie, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/generate/video`, { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
}

const serverOf = async (folder: string) => {
  for (const pid of await processesOf(folder)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (/server\.ts/.test(command)) return pid
  }
  throw new Error('no server')
}

type Act = (start: Start) => unknown

const endings: Record<string, Act> = {
  'SIGTERM to the whole group': ({ pid }) => process.kill(-pid, 'SIGTERM'),
  'SIGTERM to the whole group, three times': async ({ pid }) => {
    for (let time = 0; time < 3; time++) {
      process.kill(-pid, 'SIGTERM')
      await sleep(30)
    }
  },
  'SIGTERM to the first process alone': ({ pid }) => signal(pid, 'SIGTERM'),
  'SIGHUP to the whole group': ({ pid }) => process.kill(-pid, 'SIGHUP'),
  'SIGHUP to the first process alone': ({ pid }) => signal(pid, 'SIGHUP'),
  'SIGQUIT to the whole group, as Ctrl+\\ sends it': ({ pid }) => process.kill(-pid, 'SIGQUIT'),
  'SIGQUIT to the first process alone': ({ pid }) => signal(pid, 'SIGQUIT'),
  'Ctrl+C': ({ pid }) => process.kill(-pid, 'SIGINT'),
  'Ctrl+C twice, then SIGTERM': async ({ pid }) => {
    process.kill(-pid, 'SIGINT')
    process.kill(-pid, 'SIGINT')
    await sleep(50)
    process.kill(-pid, 'SIGTERM')
  },
  'kill -9 of the first process': ({ pid }) => signal(pid, 'SIGKILL'),
}

// The others end on the same ways through the code: `npm run test:long` plays all.
const always = 'SIGTERM to the whole group'

for (const [name, act] of Object.entries(endings))
  test(`P6: nothing is left behind after ${name}`, longUnless(name === always), async () => {
    test.setTimeout(180_000 * rounds)
    const folder = await makeDataFolder()
    const port = await freePort()
    try {
      for (let round = 0; round < rounds; round++) {
        const start = new Start('scripts/start.mjs', folder, port)
        await start.ready()
        await startRender(port)
        await sleep(round * 200)
        await act(start)
        expect(await isGoneWithin(start.pid, goneMs), start.output).toBe(true)
        await expectNothingLeft(folder, port)
      }
    } finally {
      await endAll(folder)
    }
  })

test(
  'P6: after kill -9 of the server the next start takes its database over, and leaves nothing',
  { tag: '@long' },
  async () => {
    test.setTimeout(240_000 * rounds)
    const folder = await makeDataFolder()
    const port = await freePort()
    try {
      for (let round = 0; round < rounds; round++) {
        const first = new Start('scripts/start.mjs', folder, port)
        await first.ready()
        await startRender(port)
        signal(await serverOf(folder), 'SIGKILL')
        expect(await isGoneWithin(first.pid, goneMs)).toBe(true)
        const second = new Start('scripts/start.mjs', folder, port)
        await second.ready()
        expect(second.output).toContain('found running, adopted')
        process.kill(-second.pid, 'SIGTERM')
        await expectNothingLeft(folder, port)
      }
    } finally {
      await endAll(folder)
    }
  },
)

// From before the environment is read until the pages are served.
const moments = [30, 150, 400, 800, 1_500, 2_500, 4_000]

test(
  'P6: a first start that is stopped at any moment leaves nothing, and the next one is whole',
  { tag: '@long' },
  async () => {
    test.setTimeout(300_000 * rounds)
    const folder = await makeEmptyFolder()
    const port = await freePort()
    try {
      for (let round = 0; round < rounds; round++) {
        for (const afterMs of moments) {
          const start = new Start('server.ts', folder, port)
          await sleep(afterMs + 37 * round)
          process.kill(-start.pid, 'SIGTERM')
          expect(await isGoneWithin(start.pid, goneMs), start.output).toBe(true)
          await expectNothingLeft(folder, port)
        }
        const names = await readdir(folder)
        expect(names.filter((name) => name.includes('unfinished'))).toEqual([])
        const whole = new Start('server.ts', folder, port)
        await whole.ready()
        process.kill(-whole.pid, 'SIGTERM')
        await expectNothingLeft(folder, port)
        await rm(folder, { recursive: true, force: true })
      }
    } finally {
      await endAll(folder)
    }
  },
)

/** What a failed test has left: by its own data directory, so that nothing else is meant. */
async function endAll(folder: string) {
  for (const pid of await processesOf(folder)) signal(pid, 'SIGKILL')
  await removeDataFolder(folder)
}
