import { says } from '../../tests/support/says.ts'
import { readdir } from 'node:fs/promises'
import { Canvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { takeInputs } from './assets.ts'
import { storeImage } from './upload.ts'
import { type UploadQuota, assertQuota } from './upload-quota.ts'

withTestDatabase()

let deps: TestGeneration
const wide: UploadQuota = { countAnOwner: 100, bytesAnOwner: 1e9, bytesInTotal: 1e9 }
const reached = { code: 'upload_quota_reached', status: 429 }

beforeEach(async () => {
  await database().delete(asset)
  forgetProcessWide('unused uploads')
  deps = testGeneration(scriptedProvider({ videoPath: '/nowhere' }))
})
afterEach(() => deps.dispose())

let side = 20
const upload = (ownerId: string, quota: Partial<UploadQuota>, width = ++side) => {
  const bytes = new Canvas(width, 20).encodeSync('png')
  return storeImage(ownerId, bytes, { ...deps, quota: { ...wide, ...quota } })
}

describe('S10: of uploads that nothing was started from', () => {
  test('an owner has only so many', async () => {
    for (let count = 0; count < 2; count++) await upload('anna', { countAnOwner: 2 })
    await expect(upload('anna', { countAnOwner: 2 })).rejects.toMatchObject({
      ...reached,
      userMessage: says(/^You have reached the limit of unused images: 2 images or 954 MB|or 1 GB/),
    })
    await expect(upload('boris', { countAnOwner: 2 })).resolves.toBeDefined()
    expect(await readdir(deps.workFolder).catch(() => [])).toEqual([])
  })

  test('an owner has only so many bytes', async () => {
    const { sizeBytes } = await upload('anna', {})
    await expect(upload('anna', { bytesAnOwner: sizeBytes })).rejects.toMatchObject(reached)
    await expect(upload('anna', { bytesAnOwner: sizeBytes + 1 })).resolves.toBeDefined()
  })

  test('all owners together have only so many bytes', async () => {
    const { sizeBytes } = await upload('anna', {})
    forgetProcessWide('unused uploads')
    await expect(upload('boris', { bytesInTotal: sizeBytes })).rejects.toMatchObject(reached)
  })

  test('one that is used makes room, and one that comes twice takes no more and no less', async () => {
    const quota = { countAnOwner: 2 }
    const { id } = await upload('anna', quota, 300)
    deps.pass(1_000)
    expect((await upload('anna', quota, 300)).id).toBe(id)
    await upload('anna', quota)
    await expect(upload('anna', quota)).rejects.toMatchObject(reached)
    deps.pass(1_000)
    await takeInputs('anna', [id], deps.now())
    await expect(upload('anna', quota)).resolves.toBeDefined()
    // What was used once stays so.
    deps.pass(1_000)
    await takeInputs('anna', [id], deps.now())
    await expect(upload('anna', { countAnOwner: 3 }, 300)).resolves.toMatchObject({ id })
    await expect(assertQuota('anna', { ...wide, countAnOwner: 3 })).resolves.toBeUndefined()
  })
})
