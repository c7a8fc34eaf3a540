import { and, eq, sql } from 'drizzle-orm'
import type { NoticeTry } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { canMail, sendMail } from '../people/accounts/mail.ts'
import { studioAddress } from '../people/studio-address.ts'
import type { Channel, TellOutcome, Telling } from './channel.ts'
import { wordsOf } from './words.ts'

type Send = typeof sendMail

/** Mail to the address of an account, in plain text. A target is the account: its address is read when it is told. */
export function mailChannel(send: Send = sendMail): Channel {
  return {
    name: 'mail',
    hasDigest: true,
    targetsOf: async ({ userId }) => ((await addressOf(userId)) ? [userId] : []),
    targetsOfUser: async (userId) => ((await addressOf(userId)) ? [userId] : []),
    tell: async (telling) => {
      const to = await addressOf(telling.target)
      if (!to) return ended('over', 'gone')
      return mail(send, to, telling)
    },
  }
}

async function mail(send: Send, to: string, telling: Telling): Promise<TellOutcome> {
  const settings = `${studioAddress()}/account/notices`
  const { title, body, url } = await wordsOf(telling)
  const footer = sayIn(telling.locale, message('notices.mail.footer', { url: settings }))
  const text = [title, body, url, footer].filter((part) => part !== '').join('\n\n')
  const headers = { 'List-Unsubscribe': `<${settings}>`, 'Auto-Submitted': 'auto-generated' }
  try {
    await send({ to, subject: title, text, headers })
    return ended('sent', 'ok')
  } catch (error) {
    return outcomeOf(error)
  }
}

/** What the mail server says is no proof that the address is gone: it is tried for a day. */
function outcomeOf(error: unknown): TellOutcome {
  const status = (error as { responseCode?: unknown }).responseCode
  const isSaid = typeof status === 'number'
  return {
    end: 'again',
    answer: { status: isSaid ? status : null, code: isSaid ? 'refused' : 'unreachable' },
  }
}

function ended(end: 'sent' | 'over', code: NoticeTry['code']): TellOutcome {
  return { end, answer: { status: null, code } }
}

/** Where an account is reached; undefined for a visitor, for one that is banned, and where no mail is set up. */
async function addressOf(userId: string) {
  if (!canMail()) return undefined
  const [row] = await database()
    .select({ email: user.email })
    .from(user)
    .where(
      and(
        eq(user.id, userId),
        sql`${user.isAnonymous} is not true`,
        sql`${user.banned} is not true`,
      ),
    )
  return row?.email
}
