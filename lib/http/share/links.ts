import { passwords } from '#lib/people/passwords'
import { mediaTypeOf } from '#lib/contract/generation'
import { shareWishSchema } from '#lib/contract/api/shares'
import {
  type ShareView,
  shareDays,
  shareDaysAtMost,
  sharePasswordMaxLength,
} from '#lib/contract/people/shares'
import { message } from '#lib/messages/message'
import {
  type ShareLink,
  countLinksTo,
  insertLink,
  linksTo,
  revokeLink,
} from '../../assets/share/links.ts'
import { AppError } from '../../errors.ts'
import { findOwned } from '../../generations/queries.ts'
import { randomText } from '../../ids.ts'
import type { Session } from '../../people/session.ts'
import { parsed } from '../../read-input.ts'
import { addressAskedAt } from '../media/signed-link.ts'
import { notFound } from '../problem-response.ts'
import type { RequestHead } from '../request-guards.ts'
import { readSpendingBody } from '../spending-body.ts'

const linksAtMost = 50
const dayMs = 24 * 60 * 60 * 1000
// 165 bits.
const tokenLength = 32

const wanted = {
  withPrompt: message('request.boolean'),
  mayDownload: message('request.boolean'),
  expiresInDays: message('request.days', { max: shareDaysAtMost }),
  password: message('share.needPassword', { max: sharePasswordMaxLength }),
}

/** Makes a link to a finished video: to the version it is now, whatever is made of it later. */
export async function makeLink(
  request: Request,
  session: Session,
  fileId: string,
): Promise<ShareView> {
  const { ownerId, userId } = session
  const wish = parsed(shareWishSchema, await readSpendingBody(request, session), wanted)
  const row = await ownedVideo(ownerId, fileId)
  const kind = mediaTypeOf(row)
  if (row.state !== 'completed' || !row.asset)
    throw new AppError('not_possible_now', { userMessage: message('share.notReady', { kind }) })
  if ((await countLinksTo(ownerId, fileId)) >= linksAtMost)
    throw new AppError('not_possible_now', {
      userMessage: message('share.tooMany', { atMost: linksAtMost, kind }),
    })
  const now = new Date()
  const { withPrompt = false, mayDownload = false, expiresInDays: days = shareDays } = wish
  const link = await insertLink({
    token: randomText(tokenLength),
    ownerId,
    createdBy: userId,
    generationId: row.id,
    assetId: row.asset.id,
    withPrompt,
    mayDownload,
    passwordHash: wish.password ? await passwords().hash(wish.password) : null,
    createdAt: now,
    expiresAt: days === null ? null : new Date(now.getTime() + days * dayMs),
  })
  return viewOf(link, request)
}

/** The links to a video that are not revoked. */
export async function listLinks(request: RequestHead, ownerId: string, fileId: string) {
  const row = await ownedVideo(ownerId, fileId)
  const links = await linksTo(ownerId, row.id)
  return links.map((link) => viewOf(link, request))
}

/** Ends a link at once, and what is being played through it within seconds. */
export async function endLink(ownerId: string, fileId: string, token: string) {
  const row = await ownedVideo(ownerId, fileId)
  const isEnded = await revokeLink({ ownerId, generationId: row.id, token }, new Date())
  if (!isEnded) throw notFound()
}

async function ownedVideo(ownerId: string, fileId: string) {
  const row = await findOwned(ownerId, fileId)
  if (!row) throw notFound()
  return row
}

function viewOf(link: ShareLink, request: RequestHead): ShareView {
  return {
    token: link.token,
    url: `${addressAskedAt(request)}/s/${link.token}`,
    withPrompt: link.withPrompt,
    mayDownload: link.mayDownload,
    hasPassword: link.passwordHash !== null,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt?.toISOString() ?? null,
  }
}
