import { beforeEach, describe, expect, test } from 'vitest'
import { aPerson } from '../../tests/support/people/a-person.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { database } from '../db/client.ts'
import { user } from '../db/auth-schema.ts'
import { useDataFolder } from '../http/test-visitor.ts'
import type { TellableNotice } from './channel.ts'
import { mailChannel } from './mail.ts'

process.env.SMTP_URL = 'smtp://127.0.0.1:1'
process.env.MAIL_FROM = 'studio@example.com'
process.env.PUBLIC_URL = 'https://studio.example'
useDataFolder()
withTestDatabase()

interface Sent {
  to: string
  subject: string
  text: string
  headers?: Record<string, string>
}
let sent: Sent[] = []
beforeEach(() => void (sent = []))

const channel = mailChannel((mail) => Promise.resolve(void sent.push(mail)))
const { signal } = new AbortController()

async function aNotice(userId: string, prompt: string, kind: TellableNotice['kind']) {
  const now = new Date()
  const { id: fileId } = await queueFile({ now: () => now }, { ownerId: userId, prompt })
  return { id: `notice ${fileId}`, kind, ownerId: userId, userId, fileId, createdAt: now }
}

describe('mail', () => {
  test('says what happened in plain text, where to see it, and how to turn it off', async () => {
    const { caller } = await aPerson()
    const told = await aNotice(caller.userId, 'a fox\r\nBcc: all@example.com', 'video.completed')
    const [target] = await channel.targetsOf(told)
    const outcome = await channel.tell({ target: target!, locale: 'en', notices: [told], signal })
    expect(outcome.end).toBe('sent')
    const [mail] = sent
    expect(mail).toMatchObject({
      to: `${caller.userId}@example.com`,
      subject: 'Your video is ready',
      headers: { 'List-Unsubscribe': '<https://studio.example/account/notices>' },
    })
    expect(mail!.text).toContain('a fox Bcc: all@example.com')
    expect(mail!.text).toContain(
      `https://studio.example/tools/video-generator?video=${told.fileId}`,
    )
    expect(mail!.text).toContain('https://studio.example/account/notices')
  })

  test('tells several in one message, in Russian, and a test', async () => {
    const { caller } = await aPerson()
    const kinds = ['video.completed', 'video.failed', 'video.delayed', 'video.decision'] as const
    const notices = []
    for (const kind of [...kinds, 'video.completed'] as const)
      notices.push(await aNotice(caller.userId, `лиса ${kind}`, kind))
    await channel.tell({ target: caller.userId, locale: 'ru', notices, signal })
    await channel.tell({ target: caller.userId, locale: 'ru', notices: [], signal })
    expect(sent[0]!.subject).toBe('5 новостей о видео и изображениях')
    for (const kind of kinds) expect(sent[0]!.text).toContain(`лиса ${kind}`)
    expect(sent[1]!.subject).toBe('Проверка из Photofinish')
  })

  test('goes to no visitor and no banned account, and is tried again where it is refused', async () => {
    const { caller } = await aPerson()
    const told = await aNotice(caller.userId, 'a fox', 'video.failed')
    expect(await channel.targetsOf({ ...told, userId: 'a visitor' })).toEqual([])
    const refusing = mailChannel(() =>
      Promise.reject(Object.assign(new Error('no such user: a secret'), { responseCode: 550 })),
    )
    const tell = { target: caller.userId, locale: 'en', notices: [told], signal } as const
    expect(await refusing.tell(tell)).toEqual({
      end: 'again',
      answer: { status: 550, code: 'refused' },
    })
    await database().update(user).set({ banned: true })
    expect(await channel.targetsOf(told)).toEqual([])
    expect((await channel.tell(tell)).end).toBe('over')
    expect(sent).toEqual([])
  })
})
