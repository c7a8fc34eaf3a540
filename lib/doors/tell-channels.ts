import { env } from '../env.ts'
import { findGeneration } from '../generations/queries.ts'
import { fileViewOf } from '../generations/view.ts'
import type { Channel } from '../notices/channel.ts'
import { addChannel } from '../notices/channels.ts'
import { mailChannel } from '../notices/mail.ts'
import { pushChannel } from '../notices/push/channel.ts'
import { webhookChannel } from '../notices/webhooks/channel.ts'
import { telegramChannels } from './telegram/when-set.ts'

/** The ways this installation can tell of a video, one line a channel. One that is not set up is left out. */
function toldBy(): Channel[] {
  const always = [webhookChannel({ bodyOf: programView }), pushChannel()]
  const mail = env().SMTP_URL ? [mailChannel()] : []
  return [...always, ...telegramChannels(), ...mail]
}

/** Adds the channels that are set up. Called once, by the composition root. */
export function addChannels() {
  for (const channel of toldBy()) addChannel(channel)
}

/**
 * A video as a user's own program is told of it: as polls show it, but for what only our pages use. Its links are ours,
 * whole where the studio knows its own address, and need an API key; a provider's is never among them.
 */
export async function programView(fileId: string) {
  const row = await findGeneration(fileId)
  if (!row || row.deletedAt) return undefined
  const view = fileViewOf(row)
  const { id, version, type, status, state, settings, modelLabel, providerLabel, isDelayed } = view
  const { isDemo, progress, message, sizeBytes, sha256, contentType, width, height, cost } = view
  const { durationSeconds, createdAt, startedAt, finishedAt } = view
  const error = view.error && { code: view.error.code, message: view.error.message }
  const facts = { id, version, type, status, state, settings, modelLabel, providerLabel, isDelayed }
  const film = { contentType, sizeBytes, sha256, width, height, durationSeconds }
  const links = { url: whole(view.url), posterUrl: whole(view.posterUrl) }
  const more = { isDemo, progress, message, error, cost, createdAt, startedAt, finishedAt }
  return { ...facts, ...links, ...film, ...more }
}

function whole(path: string | null) {
  const { PUBLIC_URL } = env()
  return path && PUBLIC_URL ? new URL(path, PUBLIC_URL).href : path
}
