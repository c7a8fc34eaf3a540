import { eq } from 'drizzle-orm'
import * as authSchema from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { generationColumns } from '#lib/generations/row'
import { newId } from '#lib/ids'

export interface Owner {
  ownerId: string
  cookie: string
}

/** A browser that has been here before: its cookie, and the account behind it. */
export async function makeOwner(port: number): Promise<Owner> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, { method: 'POST' })
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const token = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0]!
  const { session } = authSchema
  const [found] = await database().select().from(session).where(eq(session.token, token))
  if (!found) throw new Error('the server gave no session')
  return { ownerId: found.userId, cookie }
}

const never = new Date('2100-01-01')

/** A generation that is being rendered, and that no worker will touch. */
export async function insertRunningFile(ownerId: string) {
  const [row] = await database()
    .insert(generation)
    .values({
      id: newId('file'),
      ownerId,
      state: 'waiting',
      prompt: 'A lighthouse in a storm, waves breaking over the rocks, slow pan at dusk',
      model: 'local-preview',
      modelLabel: 'Local preview',
      isDemo: true,
      isCancelable: true,
      settings: {
        aspectRatio: '16:9',
        resolution: '720p',
        width: 1280,
        height: 720,
        duration: 5,
        seed: 7,
        isSeedGiven: false,
        negativePrompt: null,
        generateAudio: true,
        inputs: null,
      },
      provider: 'local',
      providerLabel: 'Local renderer',
      routeReason: 'Local renderer, the only provider of this model.',
      progress: 0,
      wait: { code: 'provider_says', says: 'Drawing frame 1 of 150' },
      quotedMicros: 0,
      ceilingMicros: 0,
      priceMicros: 0,
      dueAt: never,
      createdAt: new Date(),
      startedAt: new Date(),
    })
    .returning(generationColumns)
  return row!
}
