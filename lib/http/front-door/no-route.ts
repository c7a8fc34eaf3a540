import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import type { RequestHead } from '../request-guards.ts'
import { problemResponse } from '../problem-response.ts'
import { methodsAt } from './key-scopes.ts'

const ofApi = /^\/api(?:\/|$)/
const ofHealth = /^\/health\/*$/

/**
 * The answer where no route of the API is at a path (404), or its route has no such method (405, with those it has).
 * Undefined for all else. Next would answer programs with a page, or with nothing at all.
 */
export function noRoute(path: string, request: RequestHead): Response | undefined {
  const isHealth = ofHealth.test(path)
  if (!isHealth && !ofApi.test(path)) return undefined
  const methods = isHealth ? ['GET', 'HEAD', 'OPTIONS'] : methodsAt(path)
  if (!methods) return problemResponse(nothingHere(), request)
  if (methods.includes(request.method)) return undefined
  const allowed = methods.join(', ')
  const answer = problemResponse(notByThat(request.method, allowed), request)
  answer.headers.set('allow', allowed)
  return answer
}

function nothingHere() {
  return new AppError('not_found', { userMessage: message('errors.noRoute') })
}

function notByThat(method: string, allowed: string) {
  return new AppError('method_not_allowed', {
    userMessage: message('errors.noSuchMethodHere', { method, allowed }),
  })
}
