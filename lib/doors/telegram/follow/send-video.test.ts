import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { InputFile } from 'grammy'
import { beforeEach, expect, test } from 'vitest'
import { setFinished } from '../../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import { queueFile } from '../../../../tests/support/generations/test-generation.ts'
import { productionStorage } from '../../../assets/storage/production-storage.ts'
import { asset } from '../../../db/asset-schema.ts'
import { database } from '../../../db/client.ts'
import { findGeneration } from '../../../generations/queries.ts'
import { useDataFolder } from '../../../http/test-visitor.ts'
import type { TelegramBot } from '../bots.ts'
import { sendFinished } from './send-video.ts'

const folder = useDataFolder()
withTestDatabase()

interface Sent {
  cover?: InputFile
}

let sent: Sent[]
beforeEach(() => void (sent = []))

/** A bot that takes whatever it is given. */
const bot = {
  api: {
    sendChatAction: async () => true,
    sendVideo: async (_chat: string, _film: InputFile, more: Sent) => {
      sent.push(more)
      return { message_id: 1 }
    },
  },
} as unknown as TelegramBot

test('a video goes into a chat with the poster that its owner chose, and without one as it is', async () => {
  const { id } = await queueFile({ now: () => new Date() })
  const path = join(folder, 'bytes')
  await writeFile(path, 'bytes')
  await productionStorage().put(`${id}/video.mp4`, path)
  await productionStorage().put(`${id}/poster-a1.jpg`, path)
  await setFinished(id)
  const send = async () =>
    sendFinished((await findGeneration(id))!, { bot, chatId: '1', locale: 'en' })
  await send()
  await database()
    .update(asset)
    .set({ hasPoster: true, posterName: 'poster-a1.jpg', posterSeconds: 1 })
    .where(eq(asset.generationId, id))
  await send()
  expect(sent.map(({ cover }) => cover?.filename)).toEqual([undefined, 'poster-a1.jpg'])
})
