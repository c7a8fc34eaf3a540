import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, vi } from 'vitest'
import { diskStorage } from '#lib/assets/storage/disk-storage'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { migrate } from '#lib/db/reach/migrate'
import { findGeneration } from '#lib/generations/queries'
import { fileViewOf } from '#lib/generations/view'
import { serveMedia } from '#lib/http/media/serve-media'
import { useDataFolder } from '#lib/http/test-visitor'
import { stopQueue } from '#lib/jobs/queue'
import { forgetAllButLooks } from '../support/films/remembered-looks.ts'
import {
  type ScriptedProvider,
  scriptedProvider,
} from '../support/generations/scripted-provider.ts'
import { type TestGeneration, testGeneration } from '../support/generations/test-generation.ts'
import {
  type OldFile,
  type OldInstallation,
  filmOf,
  layBytes,
  loadRows,
  migrateToOld,
  newDatabase,
  oldSecret,
  readOldInstallation,
} from './old-installation.ts'

type ProviderId = 'kie' | 'vertex' | 'gemini' | 'superduperai' | 'local'

/** The old installation, brought up to date: its database, its bytes, and what the product works with from then on. */
class Upgraded {
  readonly dataFolder = useDataFolder()
  /** The idempotency keys of every submit, in their order. */
  readonly submits: string[] = []
  old!: OldInstallation
  deps!: TestGeneration
  providers!: Record<ProviderId, ScriptedProvider>

  /** The situation a file is in. */
  readonly nameOf = ({ id }: { id: string }) => this.old.names[id]!

  readonly named = (name: string) => this.old.data.file.find((file) => this.nameOf(file) === name)!

  readonly viewOf = async (id: string) => fileViewOf((await findGeneration(id))!)

  /** What the browser of an owner is answered, with the cookie it has had. */
  readonly ask = (ownerId: string, id: string, name: string) => {
    const headers = { cookie: this.old.cookies[ownerId]! }
    const request = new Request(`http://localhost/api/media/${id}/${name}`, { headers })
    return serveMedia(request, id, name)
  }

  async begin(mediaUrl: string, serverAddress: string) {
    this.old = readOldInstallation(mediaUrl, this.dataFolder)
    layBytes(this.old, this.dataFolder)
    // Far from UTC, so that a day that is counted in the server's own zone is found out.
    const address = await newDatabase(serverAddress, '-c timezone=Etc/GMT+12')
    await migrateToOld(address)
    await loadRows(address, this.old)
    useDatabase(address)
    await migrate()
    this.providers = this.providersAt(mediaUrl)
    this.deps = testGeneration(Object.values(this.providers), { concurrency: 100 })
    this.deps.pass(Date.parse(this.old.madeAt) + 60_000 - this.deps.now().getTime())
    this.deps.storage = diskStorage(join(this.dataFolder, 'media'))
  }

  /** The providers under their old ids. Each says of every job that it is done. */
  private providersAt(mediaUrl: string): Record<ProviderId, ScriptedProvider> {
    const film = filmOf(this.old)
    const make = (id: ProviderId, label: string) => {
      const provider = scriptedProvider({ id, label, canFind: id === 'local', videoPath: film })
      const url = `${mediaUrl}/media/${id}.mp4`
      provider.onCheck = async () => ({ status: 'completed', output: { kind: 'url', url } })
      provider.onSubmit = async (key) => {
        this.submits.push(key)
        return { operation: { job: key } }
      }
      if (id !== 'gemini') delete provider.cancel
      return Object.assign(provider, { isOnThisMachine: true })
    }
    const kie = make('kie', 'Kie.ai')
    kie.adopt = async (taskId) => ({ operation: { api: 'jobs', taskId } })
    const vertex = make('vertex', 'Google Vertex AI')
    vertex.onCheck = async () => ({ status: 'completed', output: { kind: 'fetch' } })
    vertex.fetch = (_, path) => copyFile(film, path)
    const local = make('local', 'Local renderer')
    local.jobs.push(this.named('submitting, local').token!)
    const gemini = make('gemini', 'Google Gemini')
    return { kie, vertex, gemini, superduperai: make('superduperai', 'SuperDuperAI'), local }
  }
}

/** Brings the old installation up to date before the tests of a file, and takes it away after them. */
export function withUpgraded(serverAddress: string) {
  const upgraded = new Upgraded()
  let mediaServer: Server
  beforeAll(async () => {
    vi.stubEnv('AUTH_SECRET', oldSecret)
    vi.stubEnv('KIE_API_KEY', 'a key')
    // What an earlier file left running may have read the settings before they were made.
    forgetAllButLooks()
    mediaServer = createServer((_, answer) => createReadStream(filmOf(upgraded.old)).pipe(answer))
    await new Promise<void>((resolve) => mediaServer.listen(0, '127.0.0.1', resolve))
    await upgraded.begin(
      `http://127.0.0.1:${(mediaServer.address() as AddressInfo).port}`,
      serverAddress,
    )
  })
  afterAll(async () => {
    await stopQueue(1_000)
    mediaServer.close()
    await upgraded.deps.dispose()
    await closeDatabase()
    vi.unstubAllEnvs()
  })
  return upgraded
}

export function isDeleted(file: OldFile) {
  return file.deleted_at !== undefined
}
