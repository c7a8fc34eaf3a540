import { says } from '../../tests/support/says.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../tests/support/films/tiny-mp4.ts'
import { database } from '../db/client.ts'
import { asset } from '../db/asset-schema.ts'
import { storeImage } from './upload.ts'

withTestDatabase()

let deps: TestGeneration

beforeEach(async () => {
  await database().delete(asset)
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
})
afterEach(() => deps.dispose())

const canvas = (width: number, height: number) => new Canvas(width, height)
const png = () => canvas(30, 20).encodeSync('png')
const rows = () => database().select().from(asset)

describe('a picture', () => {
  test.each([
    ['image/png', 'png', png],
    ['image/jpeg', 'jpg', () => canvas(30, 20).encodeSync('jpeg')],
    ['image/webp', 'webp', () => canvas(30, 20).encodeSync('webp')],
  ])('of %s is kept with its facts and its bytes', async (contentType, extension, draw) => {
    const bytes = draw()
    const view = await storeImage('anna', bytes, deps)
    expect(view).toEqual({
      id: expect.stringMatching(/^image_[0-9a-z]{24}$/),
      url: `/api/media/${view.id}/source.${extension}`,
      contentType,
      width: 30,
      height: 20,
      sizeBytes: bytes.byteLength,
    })
    const kept = await readFile(join(deps.folder, 'media', view.id, `source.${extension}`))
    expect(kept.equals(bytes)).toBe(true)
  })

  test('that comes twice is one, also when both come at once', async () => {
    const first = await storeImage('anna', png(), deps)
    const again = await Promise.all(
      Array.from({ length: 4 }, () => storeImage('anna', png(), deps)),
    )
    expect(again).toEqual([first, first, first, first])
    expect(await rows()).toHaveLength(1)
    expect(await readFile(join(deps.folder, 'media', first.id, 'source.png'))).toEqual(png())
  })

  test('that another owner has, too, is another one', async () => {
    const mine = await storeImage('anna', png(), deps)
    expect((await storeImage('boris', png(), deps)).id).not.toBe(mine.id)
    expect(await rows()).toHaveLength(2)
  })

  test('of 8,192 pixels a side is taken', async () => {
    expect(await storeImage('anna', canvas(8192, 16).encodeSync('png'), deps)).toMatchObject({
      width: 8192,
    })
  })
})

describe('refused is', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, RegExp]>([
    ['too wide a picture', () => canvas(8193, 1).encodeSync('png'), /8193 × 1 pixels/],
    ['too high a picture', () => canvas(1, 8193).encodeSync('png'), /1 × 8193 pixels/],
    ['a page', () => Buffer.from('<!doctype html><h1>502</h1>'), /PNG, JPEG or WebP/],
    ['a drawing', () => Buffer.from('<svg width="9" height="9"/>'), /PNG, JPEG or WebP/],
    ['a moving picture', () => canvas(9, 9).encodeSync('gif'), /PNG, JPEG or WebP/],
    ['a video', async () => readFile(await tinyMp4()), /PNG, JPEG or WebP/],
    ['the beginning of a picture', () => png().subarray(0, 12), /PNG, JPEG or WebP/],
    ['nothing', () => new Uint8Array(), /PNG, JPEG or WebP/],
  ])('%s', async (_name, draw, words) => {
    await expect(storeImage('anna', await draw(), deps)).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: says(words),
      fields: [{ field: 'image' }],
    })
    expect(await rows()).toEqual([])
  })
})
