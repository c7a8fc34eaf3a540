import { and, inArray, isNull } from 'drizzle-orm'
import { type MadeKind, type MediaType, madeKindOf, mediaTypeOf } from '#lib/contract/generation'
import { type NoticeKind, pageOf } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { studioAddress } from '../people/studio-address.ts'
import type { TellableNotice, Telling } from './channel.ts'

/** A message for a person, in the reader's language. */
export interface Words {
  title: string
  body: string
  /** Where it leads to: below the studio, and as a whole. */
  path: string
  url: string
}

const promptLength = 120
const linesAtMost = 10

const sentences = {
  'video.completed': 'notices.kind.completed',
  'video.failed': 'notices.kind.failed',
  'video.delayed': 'notices.kind.delayed',
  'video.decision': 'notices.kind.decision',
} as const satisfies Record<NoticeKind, string>

/** What a channel says: of one video or image, of several in one message, or that this is a test. */
export async function wordsOf({ locale, notices }: Omit<Telling, 'signal'>): Promise<Words> {
  const at = (path: string) => ({ path: path.slice(1), url: studioAddress() + path })
  const [first, ...others] = notices
  if (!first)
    return {
      title: sayIn(locale, message('notices.test.title')),
      body: sayIn(locale, message('notices.test.body')),
      ...at('/account/notices'),
    }
  const made = await madeOf(notices)
  const lines = notices.slice(-linesAtMost).map(({ kind, fileId }) => {
    const { prompt, called } = made.get(fileId) ?? gone
    return { said: sayIn(locale, message(sentences[kind], { kind: called })), prompt }
  })
  const { type } = made.get(first.fileId) ?? gone
  const [only] = lines
  if (others.length === 0)
    return { title: only!.said, body: only!.prompt, ...at(pageOf({ type, fileId: first.fileId })) }
  return {
    title: sayIn(locale, message('notices.digest', { count: notices.length })),
    body: lines.map(({ said, prompt }) => `${said}: ${prompt}`).join('\n'),
    ...at('/tools/video-generator'),
  }
}

interface Made {
  type: MediaType
  called: MadeKind
  /** The beginning of it. */
  prompt: string
}

const gone: Made = { type: 'video', called: 'video', prompt: '' }

async function madeOf(notices: readonly TellableNotice[]) {
  const ids = notices.map(({ fileId }) => fileId)
  const { id, prompt, kind, settings } = generation
  const rows = await database()
    .select({ id, prompt, kind, settings })
    .from(generation)
    .where(and(inArray(generation.id, ids), isNull(generation.deletedAt)))
  return new Map(
    rows.map((row): [string, Made] => [
      row.id,
      { type: mediaTypeOf(row), called: madeKindOf(row), prompt: shortened(row.prompt) },
    ]),
  )
}

function shortened(prompt: string) {
  const line = prompt.replaceAll(/\s+/g, ' ')
  const characters = Array.from(line)
  if (characters.length <= promptLength) return line
  return `${characters.slice(0, promptLength - 1).join('')}…`
}
