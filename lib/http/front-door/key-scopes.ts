import { withoutBasePath } from '#lib/contract/calls/base-path'
import type { ApiScope, Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { callerOfKey, keyOfRequest } from '../../people/keys/bearer.ts'
import type { RequestHead } from '../request-guards.ts'

/**
 * What an API key needs for a request: a scope; `any` of them; `never`, where only a person with a session may; or
 * `ignored`, where the header is not for us.
 */
export type KeyNeed = ApiScope | 'any' | 'never' | 'ignored'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What keys may do, by route and method. What is not in it, no key may. HEAD is as GET. */
export const keyNeeds: Record<string, Partial<Record<Method, KeyNeed>>> = {
  '/api/account': { GET: 'any' },
  '/api/account/active': { PUT: 'never' },
  '/api/account/sessions': { GET: 'never' },
  '/api/account/sessions/[id]': { DELETE: 'never' },
  '/api/account/telegram': { GET: 'never', POST: 'never', DELETE: 'never' },
  '/api/admin/codes': { GET: 'admin', POST: 'admin' },
  '/api/admin/codes/[batchId]': { DELETE: 'admin' },
  '/api/admin/grants': { POST: 'admin' },
  '/api/admin/invitations': { GET: 'admin', POST: 'admin' },
  '/api/admin/invitations/[id]': { DELETE: 'admin' },
  '/api/admin/limits': { GET: 'admin', PUT: 'admin' },
  '/api/admin/organizations': { GET: 'admin' },
  '/api/admin/payments': { GET: 'admin' },
  '/api/admin/payments/[id]': { POST: 'admin' },
  '/api/admin/people': { GET: 'admin', POST: 'admin' },
  '/api/admin/people/[id]/[action]': { POST: 'admin' },
  '/api/admin/spending': { GET: 'admin' },
  '/api/admin/uncertain': { GET: 'admin' },
  '/api/admin/uncertain/[fileId]': { POST: 'admin' },
  '/api/auth/[...all]': { GET: 'never', POST: 'never' },
  '/api/auth/request-password-reset': { POST: 'never' },
  '/api/auth/reset-password': { POST: 'never' },
  '/api/auth/sign-up/email': { POST: 'never' },
  '/api/batch': { GET: 'read', POST: 'generate' },
  '/api/batch/estimate': { POST: 'generate' },
  '/api/batch/[batchId]': { GET: 'read' },
  '/api/batch/[batchId]/cancel': { POST: 'generate' },
  '/api/canvas': { GET: 'read', POST: 'generate' },
  '/api/canvas/import': { POST: 'generate' },
  '/api/canvas/[canvasId]': { GET: 'read', PATCH: 'generate', DELETE: 'generate' },
  '/api/canvas/[canvasId]/duplicate': { POST: 'generate' },
  '/api/canvas/[canvasId]/export': { GET: 'read' },
  '/api/canvas/[canvasId]/plan': { POST: 'read' },
  '/api/canvas/[canvasId]/run': { POST: 'generate' },
  '/api/canvas/[canvasId]/run/cancel': { POST: 'generate' },
  '/api/chat': { GET: 'read', POST: 'generate' },
  '/api/chat/[chatId]': { GET: 'read', PATCH: 'generate', DELETE: 'generate' },
  '/api/chat/[chatId]/stop': { POST: 'generate' },
  '/api/chat/[chatId]/stream': { GET: 'read' },
  '/api/chat/[chatId]/videos': { POST: 'generate' },
  '/api/collections': { GET: 'read', POST: 'generate' },
  '/api/collections/[collectionId]': { PATCH: 'generate', DELETE: 'generate' },
  '/api/edit': { POST: 'generate' },
  '/api/estimate': { POST: 'generate' },
  '/api/file': { GET: 'read', DELETE: 'generate' },
  '/api/file/[fileId]': { GET: 'read', DELETE: 'generate' },
  '/api/file/[fileId]/cancel': { POST: 'generate' },
  '/api/file/[fileId]/check': { POST: 'generate' },
  '/api/file/[fileId]/delivered': { POST: 'generate' },
  '/api/file/[fileId]/lineage': { GET: 'read' },
  '/api/file/[fileId]/poster': { PUT: 'generate', DELETE: 'generate' },
  '/api/file/[fileId]/resubmit': { POST: 'generate' },
  '/api/file/[fileId]/shares': { GET: 'read', POST: 'generate' },
  '/api/file/[fileId]/shares/[token]': { DELETE: 'generate' },
  '/api/file/[fileId]/timeline': { GET: 'read' },
  '/api/file/[fileId]/work': { GET: 'read' },
  '/api/generate/image': { POST: 'generate' },
  '/api/generate/video': { POST: 'generate' },
  '/api/image': { POST: 'generate' },
  // Inngest itself brings no key, but signatures.
  '/api/inngest': { GET: 'ignored', POST: 'generate', PUT: 'ignored' },
  '/api/invitations/[token]': { GET: 'never' },
  '/api/invitations/[token]/accept': { POST: 'never' },
  '/api/keys': { GET: 'never', POST: 'never' },
  '/api/keys/[keyId]': { PATCH: 'never', DELETE: 'never' },
  '/api/kie-video-callback': { POST: 'ignored' },
  '/api/library': { GET: 'read', PATCH: 'generate', DELETE: 'generate' },
  '/api/library/import': { POST: 'generate' },
  '/api/library/weight': { GET: 'read' },
  '/api/library/zip': { POST: 'read' },
  '/api/library/zip/[zipId]': { GET: 'read' },
  // Each tool says what it needs.
  '/api/mcp': { GET: 'any', POST: 'any', DELETE: 'any' },
  '/api/media/[...key]': { GET: 'read' },
  '/api/metrics': { GET: 'ignored' },
  '/api/models': { GET: 'any' },
  '/api/oembed': { GET: 'ignored' },
  '/api/openapi.json': { GET: 'any' },
  '/api/openjourney/generate': { POST: 'generate' },
  '/api/openjourney/status/[taskId]': { GET: 'read' },
  '/api/notices': { GET: 'never' },
  '/api/notices/deliveries': { GET: 'never' },
  '/api/notices/deliveries/[deliveryId]/again': { POST: 'never' },
  '/api/notices/endpoints': { GET: 'never', POST: 'never' },
  '/api/notices/endpoints/[endpointId]': { PATCH: 'never', DELETE: 'never' },
  '/api/notices/endpoints/[endpointId]/test': { POST: 'never' },
  '/api/notices/secret': { POST: 'never' },
  '/api/notices/seen': { POST: 'never' },
  '/api/notices/settings': { GET: 'never', PUT: 'never' },
  '/api/notices/test': { POST: 'never' },
  '/api/organizations': { GET: 'never', POST: 'never' },
  '/api/organizations/[id]': { GET: 'never', PATCH: 'never', DELETE: 'never' },
  '/api/organizations/[id]/invitations': { GET: 'never', POST: 'never' },
  '/api/organizations/[id]/invitations/[invitationId]': { DELETE: 'never' },
  '/api/organizations/[id]/members/[userId]': { PATCH: 'never', DELETE: 'never' },
  '/api/prompt/improve': { POST: 'generate' },
  '/api/providers': { GET: 'read' },
  '/api/providers/[id]/check': { POST: 'generate' },
  '/api/push/subscriptions': { GET: 'never', POST: 'never', DELETE: 'never' },
  '/api/redeem': { POST: 'never' },
  // Gives none to a key, which needs none: programs of before go on.
  '/api/session': { POST: 'any' },
  '/api/setup': { POST: 'never' },
  '/api/telegram/[bot]': { POST: 'ignored' },
  // For all who have the link.
  '/api/share/[token]': { POST: 'ignored' },
  '/api/share/[token]/[name]': { GET: 'ignored' },
  '/api/templates': { GET: 'read', POST: 'generate' },
  '/api/templates/[templateId]': { PATCH: 'generate', DELETE: 'generate' },
  '/api/top-ups': { GET: 'read', POST: 'never' },
  '/api/top-ups/[id]/check': { POST: 'never' },
  '/api/usage': { GET: 'read' },
  '/api/usage.csv': { GET: 'read' },
  '/api/v1/events/[channels]': { GET: 'read' },
  '/api/webhooks/[provider]': { POST: 'ignored' },
  '/api/webhooks/stripe': { POST: 'ignored' },
  '/api/work': { POST: 'generate' },
}

/** All below it is for administrators: a key needs the scope, and its account must be one. */
const adminRoutes = /^\/api\/admin(?:\/|$)/

function patternOf(route: string) {
  return route
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\[(?:\\\.){3}\w+\]/g, '.+')
    .replaceAll(/\[\w+\]/g, '[^/]+')
}

// A name goes before a place for any: `/api/batch/estimate` is no batch.
const patterns = Object.entries(keyNeeds)
  .toSorted(([a], [b]) => a.split('[').length - b.split('[').length)
  .map(([route, needs]) => ({
    pattern: new RegExp(`^${patternOf(route)}/*$`),
    needs: new Map(Object.entries(needs)),
  }))

function needsAt(path: string) {
  return patterns.find(({ pattern }) => pattern.test(path))?.needs
}

/** What a key needs for a method at a path without the base path. */
export function keyNeedOf(method: string, path: string): KeyNeed {
  if (adminRoutes.test(path)) return 'admin'
  return needsAt(path)?.get(method === 'HEAD' ? 'GET' : method) ?? 'never'
}

/** The methods of the route at a path of the API; undefined where there is none. */
export function methodsAt(path: string): string[] | undefined {
  const needs = needsAt(path)
  if (!needs) return undefined
  return [...needs.keys(), ...(needs.has('GET') ? ['HEAD'] : []), 'OPTIONS']
}

/** Whether a request brings what is meant to be an API key. */
export function bringsKey(request: RequestHead) {
  return keyOfRequest(request) !== undefined && needOf(request) !== 'ignored'
}

/**
 * The caller by the API key of a request; undefined for a request without one. Throws for a key that is not valid, and
 * for one that may not do this. It is the key's request alone, whatever cookies come with it.
 */
export async function callerByKey(request: RequestHead): Promise<Caller | undefined> {
  if (!bringsKey(request)) return undefined
  const caller = await callerOfKey(request)
  if (caller) assertScope(caller, needOf(request))
  return caller
}

function assertScope({ scopes }: Caller, need: KeyNeed) {
  if (need === 'any' || scopes?.some((scope) => scope === need)) return
  const scope = need === 'never' || need === 'ignored' ? undefined : need
  throw new AppError('forbidden', {
    userMessage: scope ? message('errors.keyScope', { scope }) : message('errors.keyNotHere'),
  })
}

function needOf({ method, url }: RequestHead) {
  return keyNeedOf(method, withoutBasePath(new URL(url).pathname, env().BASE_PATH))
}
