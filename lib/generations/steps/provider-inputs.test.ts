import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import { testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { imageMaxBytes, noInputs } from '../../contract/generation-inputs.ts'
import { database } from '../../db/client.ts'
import { asset } from '../../db/asset-schema.ts'
import { findGeneration } from '../queries.ts'
import { newId } from '../../ids.ts'
import { advance } from '../engine/advance.ts'
import { storeImage } from '../../assets/upload.ts'

const { test, bed } = veoBed(({ kie }) => testGeneration(kie))

const drawn = (width: number) => new Canvas(15 + width, 16).encodeSync('png')
const upload = async (width: number) => (await storeImage('somebody', drawn(width), bed.deps)).id

async function submitWith(inputs: Partial<typeof noInputs>) {
  const { id } = await queueVeo(bed.deps, { settings: { inputs: { ...noInputs, ...inputs } } })
  await advance(id, bed.deps)
  return bed.kie.requests[0]!.inputs
}

test('a provider is given the frames in their roles, with their bytes', async () => {
  const [firstFrame, lastFrame] = [await upload(3), await upload(4)]
  const inputs = await submitWith({ firstFrame, lastFrame })
  expect(inputs).toMatchObject([
    { role: 'first_frame', contentType: 'image/png', fileName: `${firstFrame}-source.png` },
    { role: 'last_frame', contentType: 'image/png', fileName: `${lastFrame}-source.png` },
  ])
  expect(Buffer.from(await inputs[0]!.read())).toEqual(drawn(3))
  expect(Buffer.from(await inputs[1]!.read())).toEqual(drawn(4))
})

test('a provider is given the references in their order', async () => {
  const references = [await upload(3), await upload(4), await upload(5)]
  const inputs = await submitWith({ references })
  expect(inputs.map(({ role }) => role)).toEqual(['reference', 'reference', 'reference'])
  for (const [index, input] of inputs.entries())
    expect(Buffer.from(await input.read())).toEqual(drawn(3 + index))
})

/** A film of this owner's that lies in storage. */
async function storeFilm(ownerId = 'somebody', sizeBytes = 6) {
  const { id } = await queueVeo(bed.deps, { ownerId })
  await setFinished(id, { sizeBytes })
  await mkdir(join(bed.deps.folder, 'media', id), { recursive: true })
  await writeFile(join(bed.deps.folder, 'media', id, 'video.mp4'), 'a film'.padEnd(sizeBytes))
  return id
}

test('a provider is given the film that is to be made over', async () => {
  const sourceVideo = await storeFilm()
  const [input] = await submitWith({ sourceVideo })
  expect(input).toMatchObject({ role: 'source_video', contentType: 'video/mp4' })
  expect(new TextDecoder().decode(await input!.read())).toBe('a film')
})

test.each([
  ['of another owner', () => storeFilm('a stranger'), /not there for its owner/],
  ['that is not there', async () => newId('file'), /not there for its owner/],
  ['of more than 10 MB', () => storeFilm('somebody', imageMaxBytes + 1), /too large/],
])('a film %s is not read, nor left out', async (_what, made, reason) => {
  const [input] = await submitWith({ sourceVideo: await made() })
  await expect(input!.read()).rejects.toThrow(reason)
})

test('a picture that is gone is missed, and not left out', async () => {
  const firstFrame = await upload(3)
  await database().delete(asset)
  const [input] = await submitWith({ firstFrame })
  await expect(input!.read()).rejects.toThrow('not there for its owner')
})

test('bytes that are not there any more are an error, and no empty picture', async () => {
  const firstFrame = await upload(3)
  const inputs = await submitWith({ firstFrame })
  await bed.deps.storage.removeAll(firstFrame)
  await expect(inputs[0]!.read()).rejects.toThrow('not in storage')
})

test('a generation from words alone brings none', async () => {
  expect(await submitWith({})).toEqual([])
  expect((await findGeneration((await queueVeo(bed.deps)).id))!.settings.inputs).toBeNull()
})
