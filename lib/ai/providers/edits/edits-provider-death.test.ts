import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EditOrder } from '#lib/contract/generation'
import { film } from '../../../../tests/support/films/film.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'
import { isAlive } from '../local/test-bed.ts'
import { lookInto } from './read-result.ts'
import { begin, contextOf, createEditsBed, follow, pathOf } from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createEditsBed>>
let path: string
let bytes: Buffer

beforeEach(async () => {
  bed = await createEditsBed()
  bytes = await film({ frames: 100, fps: 25, width: 640, height: 384, hasSound: true })
  path = await bed.keep(bytes)
})
afterEach(() => bed.close())

const trim = { operation: 'trim', from: 0.4, to: 3.6 } as const
const orders: { edit: EditOrder; sources: number }[] = [
  { edit: trim, sources: 1 },
  { edit: { operation: 'join' }, sources: 2 },
  {
    edit: { operation: 'animation', format: 'gif', from: 0, to: 4, width: 320, fps: 10 },
    sources: 1,
  },
]

describe.each(orders)('$edit.operation', ({ edit, sources }) => {
  const tags = edit === trim ? [] : ['long']
  const key = edit.operation
  const paths = () => Array.from({ length: sources }, () => path)

  it('is made once more after its child was killed', { tags }, async () => {
    const provider = bed.createProvider()
    const operation = await begin(provider, key, edit, paths())
    process.kill(await bed.pidOf(key), 'SIGKILL')
    pathOf((await follow(provider, operation, paths())).at(-1))
    expect(await bed.filesOf(key)).toContain('error-1.json')
    expect(await readFile(path)).toEqual(bytes)
  })

  it(
    'goes on after the server was killed, with no orphan, and calls it no crash',
    { tags },
    async () => {
      const server = await bed.startServer(key, edit, paths())
      const pid = await bed.pidOf(key)
      server.kill('SIGKILL')
      await waitUntil(() => !isAlive(pid))
      const provider = bed.createProvider()
      const found = await provider.find!(key, contextOf(paths()))
      pathOf((await follow(provider, found!.operation, paths())).at(-1))
      expect((await bed.filesOf(key)).filter((name) => name.startsWith('error'))).toEqual([])
    },
  )
})

describe('two processes', () => {
  it('make one edit of a doubled start', { tags: 'long' }, async () => {
    const [first, second] = [bed.createProvider(), bed.createProvider()]
    const [operation] = await Promise.all([
      begin(first, 'twice', trim, [path]),
      begin(second, 'twice', trim, [path]),
    ])
    const ends = await Promise.all([
      follow(first, operation, [path]),
      follow(second, operation, [path]),
    ])
    expect(ends[0].at(-1)).toEqual(ends[1].at(-1))
    const names = await bed.filesOf('twice')
    expect(names.filter((name) => name.startsWith('attempt'))).toEqual(['attempt-1.json'])
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it(
    'begin again where one has never seen it: the sources come again',
    { tags: 'long' },
    async () => {
      const operation = await begin(bed.createProvider(), 'moved', trim, [path])
      await follow(bed.createProvider(), operation, [path])
      await rm(join(bed.directory, 'moved'), { recursive: true })
      const made = pathOf((await follow(bed.createProvider(), operation, [path])).at(-1))
      expect((await lookInto(made)).starts).toHaveLength(80)
    },
  )

  it('cancel it from afar, and it stays so', async () => {
    const [owner, other] = [bed.createProvider(), bed.createProvider()]
    const operation = await begin(owner, 'stop', trim, [path])
    const pid = await bed.pidOf('stop')
    await other.cancel!(operation, contextOf([path]))
    await waitUntil(() => !isAlive(pid))
    expect((await follow(owner, operation, [path])).at(-1)).toMatchObject({
      status: 'failed',
      error: { code: 'not_found_or_expired', retryable: false },
    })
    await owner.releaseProviderFiles!(operation)
    expect(await bed.filesOf('stop')).toEqual([])
  })
})

describe('sources', () => {
  it(
    'that take long are waited for, look by look, and brought once',
    { tags: 'long' },
    async () => {
      const provider = bed.createProvider()
      const { promise, resolve } = Promise.withResolvers<void>()
      let times = 0
      const [source] = await contextOf([path]).inputs!()
      const slow = {
        ...contextOf([path]),
        inputs: async () => [
          {
            ...source!,
            writeTo: async (to: string) => {
              times += 1
              await promise
              await source!.writeTo!(to)
            },
          },
        ],
      }
      const request = { edit: trim, sources: 1 }
      await provider.submit(request, 'slow', slow)
      const operation = { idempotencyKey: 'slow', request }
      expect(await provider.check(operation, slow)).toMatchObject({
        status: 'pending',
        progress: 0,
      })
      expect((await bed.filesOf('slow')).filter((name) => name.startsWith('attempt'))).toEqual([])
      resolve()
      pathOf((await follow(provider, operation, [path])).at(-1))
      expect(times).toBe(1)
    },
  )

  it('that are gone are told, before anything is made', async () => {
    const provider = bed.createProvider()
    const gone = { ...contextOf([]), inputs: async () => [] }
    await expect(provider.submit({ edit: trim, sources: 1 }, 'gone', gone)).rejects.toMatchObject({
      submitOutcome: 'no_job',
    })
  })
})
