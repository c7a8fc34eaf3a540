import { passwords } from '#lib/people/passwords'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { SharedView } from '#lib/contract/people/shares'
import { message } from '#lib/messages/message'
import { type Shared, findShared } from '../../assets/share/links.ts'
import { posterOf } from '../../assets/poster.ts'
import { AppError } from '../../errors.ts'
import { assertMayTry, clientHeader, forgetTry } from '../../people/accounts/tries.ts'
import { withoutSession } from '../answer-auth.ts'
import { type Medium, bytesOf, headersFor, headersOfLinks } from '../media/serve-media.ts'
import { addressAskedAt } from '../media/signed-link.ts'
import { notFound, problemResponse } from '../problem-response.ts'
import { readJson } from '../read-body.ts'
import type { RequestHead } from '../request-guards.ts'
import { untilRevoked } from './held-shares.ts'
import { isOpenTo, openingCookies } from './share-cookie.ts'

const tokenForm = /^[0-9a-z]{32}$/

/** What a link leads to; undefined for a wrong, an expired, a revoked and a never-seen one alike. */
export async function shared(token: string): Promise<Shared | undefined> {
  return tokenForm.test(token) ? findShared(token) : undefined
}

/** What the page of a link shows. */
export type SharedPage = { isLocked: true } | { isLocked: false; base: string; view: SharedView }

/** The page of a link, as the one who asks may see it; undefined where there is none. Spends nothing, opens no session. */
export async function sharedPage(
  request: RequestHead,
  token: string,
): Promise<SharedPage | undefined> {
  const found = await shared(token)
  if (!found) return undefined
  if (!isOpenTo(request, found.link)) return { isLocked: true }
  return { isLocked: false, base: addressAskedAt(request), view: viewOf(found) }
}

/** A shared video as everyone sees it who has the link. */
export function viewOf({ link, asset, prompt, isDemo }: Shared): SharedView {
  const at = (name: string) => withBasePath(`/api/share/${link.token}/${name}`)
  const { contentType, width, height, durationSeconds } = asset
  const poster = posterOf(asset)
  return {
    prompt: link.withPrompt ? prompt : null,
    type: asset.kind,
    videoUrl: at(nameOf(asset)),
    posterUrl: poster && at(poster),
    downloadUrl: link.mayDownload ? `${at(nameOf(asset))}?download=1` : null,
    contentType,
    width,
    height,
    durationSeconds,
    isDemo,
  }
}

// A film is always called so, whatever its container: its links are older than the others.
const videoName = 'video.mp4'
// Leads to the poster of now, whichever that is: others keep the address.
const posterName = 'poster.jpg'

function nameOf({ kind, storageKey }: Shared['asset']) {
  return kind === 'video' ? videoName : storageKey.slice(storageKey.lastIndexOf('/') + 1)
}

/**
 * `GET /api/share/<token>/video.mp4` (of an image `image.png`) and `poster.jpg`: the bytes behind a link, ranges included, for as long as it lasts:
 * what is being sent ends within seconds of its end.
 */
export async function serveShared(request: RequestHead, token: string, name: string) {
  try {
    const found = await shared(token)
    const medium = found && isOpenTo(request, found.link) ? mediumOf(found, name) : undefined
    if (!medium) throw notFound()
    const answer = await bytesOf(request, medium, headersOf(request, found!, medium))
    if (!answer.body) return answer
    const { status, headers } = answer
    return new Response(untilRevoked(answer.body, token), { status, headers })
  } catch (error) {
    return problemResponse(error, request)
  }
}

function mediumOf({ link, asset, prompt }: Shared, name: string): Medium | undefined {
  const { storageKey, contentType, sha256 } = asset
  const facts = { sha256, title: link.withPrompt ? prompt : asset.kind }
  if (name === nameOf(asset)) return { ...facts, key: storageKey, contentType }
  const poster = posterOf(asset)
  if (!poster || (name !== posterName && name !== poster)) return undefined
  const folder = storageKey.slice(0, storageKey.lastIndexOf('/'))
  return { ...facts, key: `${folder}/${poster}`, contentType: 'image/jpeg' }
}

function headersOf(request: RequestHead, { link }: Shared, medium: Medium) {
  const headers = headersFor(request, medium)
  for (const [header, value] of Object.entries(headersOfLinks)) headers.set(header, value)
  if (!link.mayDownload || !headers.has('content-disposition'))
    headers.set('content-disposition', 'inline')
  if (link.passwordHash === null) return headers
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.delete('access-control-allow-origin')
  return headers
}

/** `POST /api/share/<token>`: gives the password of a link. The browser then sees it for some hours. */
export const unlockShared = withoutSession(async (request, token: string) => {
  const { password } = passwordIn(await readJson(request))
  const found = await shared(token)
  const passwordHash = found?.link.passwordHash
  if (!found || !passwordHash) throw notFound()
  const tries = {
    what: 'share',
    account: token,
    address: request.headers.get(clientHeader),
  } as const
  await assertMayTry(tries)
  if (!(await passwords().verify({ hash: passwordHash, password })))
    throw new AppError('wrong_password', { userMessage: message('share.wrongPassword') })
  await forgetTry(tries)
  const headers = new Headers({ 'cache-control': 'private, no-store' })
  for (const cookie of openingCookies(request, found.link)) headers.append('set-cookie', cookie)
  return new Response(null, { status: 204, headers })
})

function passwordIn(body: unknown): { password: string } {
  const { password } = (body ?? {}) as { password?: unknown }
  return { password: typeof password === 'string' ? password : '' }
}
