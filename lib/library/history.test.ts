import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { tinyMp4 } from '../../tests/support/films/tiny-mp4.ts'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { storeImage } from '../assets/upload.ts'
import { user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { listGenerations } from '../generations/queries.ts'
import { newId } from '../ids.ts'
import { adopt } from '../people/adoption/adopt.ts'
import { changeItems } from './change.ts'
import { emptyTrash } from './deletion.ts'
import { findItems, weigh } from './items.ts'

withTestDatabase()

let deps: TestGeneration
beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
})
afterEach(() => deps.dispose())

async function film(ownerId: string, from: TestGeneration = deps) {
  const { id } = await queueFile(deps, { ownerId, provider: 'scripted' })
  await driveToEnd(id, from)
  deps.pass(1_000)
  return id
}

/** What the studio shows an owner of, which is what the library shows of generations. */
async function shown(ownerId: string) {
  const options = { ownerId, status: undefined, cursor: undefined, limit: 50 }
  const history = (await listGenerations(options)).rows.map(({ id }) => id)
  const { rows } = await findItems(ownerId, { source: ['video', 'image', 'edit'], limit: 50 })
  expect(rows.map(({ id }) => id)).toEqual(history)
  return history
}

test('the history of the studio is the newest of the library, whatever became of it', async () => {
  const [visitor, account] = [newId('token'), newId('token')]
  const person = (id: string) => ({ id, name: '', email: `${id}@x`, isAnonymous: id === visitor })
  await database()
    .insert(user)
    .values([person(visitor), person(account)])
  const [first, second, third] = [await film(visitor), await film(visitor), await film(visitor)]
  await storeImage(visitor, new Canvas(16, 16).encodeSync('png'), deps)
  expect(await shown(visitor)).toEqual([third, second, first])
  await changeItems(visitor, { ids: [first, second], trash: true })
  expect(await shown(visitor)).toEqual([third])
  await changeItems(visitor, { ids: [first], trash: false })
  expect(await shown(visitor)).toEqual([third, first])
  const later = await film(account)
  await adopt(visitor, account)
  expect(await shown(visitor)).toEqual([])
  expect(await shown(account)).toEqual([later, third, first])
  await changeItems(account, { ids: [second], trash: false })
  expect(await shown(account)).toEqual([later, third, second, first])
  await changeItems(account, { ids: [later], trash: true })
  await emptyTrash(account, { all: true }, deps)
  await deleteGeneration(account, third, deps)
  expect(await shown(account)).toEqual([second, first])
})

async function bytesIn(folder: string) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((one) => one.isFile())
  const sizes = await Promise.all(files.map((one) => stat(join(one.parentPath, one.name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

test('what a library weighs is the bytes of its storage, also once a store or a deletion broke off', async () => {
  const owner = newId('token')
  const media = join(deps.folder, 'media')
  const kept = await film(owner)
  const isRight = async (count: number) =>
    expect(await weigh(owner, {})).toEqual({ count, bytes: await bytesIn(media) })
  await isRight(1)
  // Each object of a film in turn: it is put, and the process hears of it no more.
  for (const dies of [1, 2, 3]) {
    let puts = 0
    const put = async (key: string, path: string) => {
      await deps.storage.put(key, path)
      if (++puts === dies) throw new Error('the process died')
    }
    await film(owner, { ...deps, storage: { ...deps.storage, put } })
    await isRight(1 + dies)
  }
  const removeAll = () => Promise.reject(new Error('the process died'))
  const broken = { ...deps, storage: { ...deps.storage, removeAll } }
  await deleteGeneration(owner, kept, broken).catch(() => {})
  await driveToEnd(kept, deps).catch(() => {})
  await isRight(3)
})
