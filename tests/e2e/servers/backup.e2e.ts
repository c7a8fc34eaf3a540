import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { APIRequestContext } from '@playwright/test'
import { AppServer } from '../helpers/servers/app-server.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { isCompleted, makeClip, readClip, startClip, waitForClip } from '../helpers/clips.ts'
import { makeEmptyFolder } from '../helpers/servers/data-folder.ts'
import { providerTest as test, startProviderServer } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

const commandMs = 240_000
const paid = {
  model: 'veo-3.1-fast',
  duration: 8,
  resolution: '720p',
  generateAudio: true,
} as const

/** What `npm run backup` and `npm run restore` run. */
async function command(name: 'backup' | 'restore', dataFolder: string, backup: string) {
  const env = { ...process.env, DATA_DIR: dataFolder, LOG_LEVEL: 'warn' }
  const args = ['lib/backup/command.ts', name, backup]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: commandMs })
  return stdout
}

async function digest(request: APIRequestContext, url: string) {
  const response = await request.get(url)
  expect(response.status()).toBe(200)
  return createHash('sha256')
    .update(await response.body())
    .digest('hex')
}

test(
  'P9: a drill: backed up while it runs, destroyed, restored elsewhere, and paid for once',
  { tag: '@long' },
  async ({ emulated, playwright }) => {
    test.setTimeout(600_000)
    const place = await mkdtemp(join(tmpdir(), 'photofinish-drill-'))
    const backup = join(place, 'backup')
    const original = await startProviderServer(emulated, { GENERATION_CONCURRENCY: '1' })
    const requestAt = async (server: AppServer, storageState?: { cookies: []; origins: [] }) =>
      playwright.request.newContext({
        baseURL: server.url,
        ...(storageState && { storageState }),
      })
    const first = await requestAt(original)
    let restored: AppServer | undefined
    try {
      await first.get('/tools/video-generator', { headers: { accept: 'text/html' } })
      const film = await makeClip(first, { prompt: 'A drill that is done', model: 'local-preview' })
      const bytes = await digest(first, film.url!)
      const running = 'A drill under way #kie:held #kie:webhook-none'
      const queued = 'A drill in the queue #kie:seconds=1 #kie:webhook-none'
      const one = await startClip(first, { prompt: running, ...paid })
      await waitForClip(first, one.id, ({ state }) => state === 'waiting')
      const two = await startClip(first, { prompt: queued, ...paid })
      expect((await readClip(first, two.id)).state).toBe('queued')

      expect(await command('backup', original.dataFolder, backup)).toContain(
        'backing up while it runs',
      )
      await expect(command('restore', original.dataFolder, backup)).rejects.toThrow('is not empty')

      // The original goes on, submits what was in the queue, and is lost with all it has.
      emulated.emulators.kie.letGo(running)
      await waitForClip(first, two.id, isCompleted)
      expect(booksOf(emulated, queued)).toEqual({ kie: 1 })
      const state = (await first.storageState()) as { cookies: []; origins: [] }
      await original.kill('SIGKILL')
      await original.dispose()

      const folder = await makeEmptyFolder()
      expect(await command('restore', folder, backup)).toContain('1 video was in the queue')
      restored = await AppServer.start({ dataFolder: folder, variables: emulated.variables })
      const request = await requestAt(restored, state)
      // The session holds, the bytes are the same, and the unfinished goes on.
      expect(await digest(request, film.url!)).toBe(bytes)
      await waitForClip(request, one.id, isCompleted)
      await waitForClip(request, two.id, (view) => view.state === 'submit_unknown')
      expect((await request.post(`/api/file/${two.id}/check`)).status()).toBeLessThan(500)
      expect((await readClip(request, two.id)).state).toBe('submit_unknown')
      for (const prompt of [running, queued])
        expect(booksOf(emulated, prompt), prompt).toEqual({ kie: 1 })
      // Its owner may still have it made, knowing that it may be paid twice.
      await request.post(`/api/file/${two.id}/resubmit`)
      await waitForClip(request, two.id, isCompleted)
      expect(booksOf(emulated, queued)).toEqual({ kie: 2 })
      await request.dispose()
    } finally {
      await first.dispose()
      await restored?.dispose()
      await original.dispose()
      await rm(place, { recursive: true, force: true })
    }
  },
)
