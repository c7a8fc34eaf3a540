import { describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { imageMaxBytes, noInputs } from '../../contract/generation-inputs.ts'
import { insertUpload } from '../../assets/assets.ts'
import { newId } from '../../ids.ts'
import { assertInputs } from './request.ts'

const { test, bed } = veoBed()

async function picture(ownerId = 'somebody') {
  const id = newId('image')
  await insertUpload({
    id,
    ownerId,
    kind: 'image',
    storageKey: `${id}/source.png`,
    contentType: 'image/png',
    width: 1,
    height: 1,
    sizeBytes: 1,
    sha256: id,
    createdAt: bed.deps.now(),
    usedAt: bed.deps.now(),
  })
  return id
}

async function film({
  ownerId = 'somebody',
  ...facts
}: { ownerId?: string } & Parameters<typeof setFinished>[1] = {}) {
  const { id } = await queueVeo(bed.deps, { ownerId })
  await setFinished(id, { sizeBytes: imageMaxBytes, ...facts })
  return id
}

/** A film that was never stored. */
async function noFilm(state: 'waiting' | 'failed') {
  const { id } = await queueVeo(bed.deps)
  await setRow(id, { state })
  return id
}

const check = (inputs: Partial<typeof noInputs>) =>
  assertInputs('somebody', { ...noInputs, ...inputs })
const refused = (field: string) => ({ code: 'invalid_input', fields: [{ field }] })

test('one’s own pictures and finished films are taken', async () => {
  await check({})
  await check({ firstFrame: await picture(), lastFrame: await picture() })
  await check({ references: [await picture(), await picture()] })
  await check({ sourceVideo: await film() })
})

describe('refused is', () => {
  test.each([
    ['a first frame', (id: string) => ({ firstFrame: id })],
    ['a last frame', (id: string) => ({ lastFrame: id })],
    ['a reference', (id: string) => ({ references: [id] })],
  ])('%s that is a stranger’s, or not there', async (_name, inputs) => {
    for (const id of [await picture('a stranger'), newId('image')])
      await expect(check(inputs(id))).rejects.toMatchObject(refused('inputs'))
  })

  test('a picture of a stranger among one’s own', async () => {
    const references = [await picture(), await picture('a stranger')]
    await expect(check({ references })).rejects.toMatchObject(refused('inputs'))
  })

  test.each<[string, () => Promise<string>]>([
    ['that is not ready', () => noFilm('waiting')],
    ['that has failed', () => noFilm('failed')],
    ['of a stranger', () => film({ ownerId: 'a stranger' })],
    ['that was deleted', () => film({ deletedAt: bed.deps.now() })],
    ['that was never there', async () => newId('file')],
    ['of more than 10 MB', () => film({ sizeBytes: imageMaxBytes + 1 })],
  ])('a film %s', async (_name, id) => {
    const sourceVideo = await id()
    await expect(check({ sourceVideo })).rejects.toMatchObject(refused('inputs.sourceVideo'))
  })
})
