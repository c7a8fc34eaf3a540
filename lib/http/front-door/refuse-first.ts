import { message } from '#lib/messages/message'
import type { IncomingMessage } from 'node:http'
import { chatIdPattern } from '#lib/contract/chat'
import { keyForm } from '#lib/contract/people/api-key'
import { AppError } from '../../errors.ts'
import { isFileId } from '../../ids.ts'
import { notFound } from '../problem-response.ts'
import { keyMisplaced } from '../read-body.ts'
import { headerMaxLength, isRead } from './trim-request.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
// A hundred channels of events, each with its id, and their commas encoded.
const pathMaxLength = 4_096
// Next matches them one by one, and renders them all.
const segmentsAtMost = 32
const queryMaxLength = 2_048
const parametersAtMost = 64

/** A request as the front door sees it: nothing is decoded yet. */
interface Asked {
  method: string
  url: string
  path: string
  query: string
  headers: IncomingMessage['headers']
}

interface Rule {
  isBroken(asked: Asked): boolean
  error(asked: Asked): AppError
}

// In this order: what costs least to see, and protects the rest, comes first.
const rules: Rule[] = [
  {
    isBroken: ({ method }) => !methods.includes(method),
    error: ({ method }) =>
      new AppError('method_not_allowed', {
        userMessage: message('errors.methodNotAllowed', { method }),
      }),
  },
  {
    isBroken: ({ path, query }) =>
      path.length > pathMaxLength || query.length > queryMaxLength || hasManySegments(path),
    error: () =>
      new AppError('address_too_long', { userMessage: message('errors.addressTooLong') }),
  },
  {
    isBroken: ({ query }) => query.split('&', parametersAtMost + 1).length > parametersAtMost,
    error: () =>
      new AppError('address_too_long', {
        userMessage: message('errors.tooManyParameters', { count: parametersAtMost }),
      }),
  },
  {
    // Cookies are picked over, not refused: those of other sites on this host name come along unasked. So are headers that
    // nothing here reads, which a proxy may add to every request.
    isBroken: ({ headers }) =>
      Object.entries(headers).some(
        ([name, value]) =>
          name !== 'cookie' && String(value).length > headerMaxLength && isRead(name),
      ),
    error: () =>
      new AppError('headers_too_large', {
        userMessage: message('errors.headerTooLong', { count: headerMaxLength }),
      }),
  },
  {
    isBroken: ({ url, path, query }) =>
      !url.startsWith('/') || !isReadable(path) || !isReadable(query),
    error: () =>
      new AppError('invalid_input', {
        userMessage: message('errors.addressMalformed'),
      }),
  },
  {
    // Addresses are kept in logs and histories: a key that was in one is no secret any more.
    isBroken: ({ url }) => holdsKey(url),
    error: () => keyMisplaced(),
  },
  {
    // The doors are named by their paths: a path that Next would read as another one passes none of them.
    isBroken: ({ url, path }) => url.includes('#') || isReadAsAnother(path),
    error: () =>
      new AppError('invalid_input', {
        userMessage: message('errors.addressAmbiguous'),
      }),
  },
  {
    isBroken: ({ headers }) => headers.host !== undefined && !isHost(headers.host),
    error: () =>
      new AppError('invalid_input', {
        userMessage: message('errors.hostMalformed'),
      }),
  },
  { isBroken: ({ path }) => namesNothing(path), error: ({ path }) => nothingThere(path) },
]

/** Why a request is refused before anything parses it; undefined where it may go on. */
export function refusalOf(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>) {
  const { method = 'GET', url = '/', headers } = request
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const asked = { method, url, path, query, headers }
  return rules.find(({ isBroken }) => isBroken(asked))?.error(asked)
}

/** What a client may try instead of a method that was refused. */
export const allowedMethods = methods.join(', ')

const keyParameter =
  /[?&](?:api[-_]?key|key|(?:access[-_]?)?token|auth(?:orization)?|bearer)=(?:bearer[ +])?pf_/i

/** Whether an address holds an API key, or what is meant to be one. */
function holdsKey(url: string) {
  const decoded = decodeURIComponent(url)
  return keyForm.test(decoded) || keyParameter.test(decoded)
}

function isReadable(text: string) {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text))
  } catch {
    return false
  }
}

function hasManySegments(path: string) {
  return path.split(/\/|%2f/i, segmentsAtMost + 2).length > segmentsAtMost + 1
}

/** Whether URLs take a path for another one: `\\` is a slash to them, and `.` and `..` are steps, encoded or not. */
function isReadAsAnother(path: string) {
  return /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)
}

function isHost(host: string) {
  return !/[\s/?#@\\]/.test(host) && URL.canParse(`http://${host || 'localhost'}`)
}

// What comes where the routes have an id, and the form that ids have there. Next's image optimiser is not used.
const forms: [route: RegExp, isPossible: (id: string) => boolean][] = [
  [/^\/api\/file\/([^/]+)/, isFileId],
  [/^\/api\/media\/([^/]+)/, (id) => /^[a-z]+_[0-9a-z]{24}$/.test(id)],
  [/^\/api\/chat\/([^/]+)/, (id) => chatIdPattern.test(id)],
  [/^(\/_next\/image)/, () => false],
]

function nothingThere(path: string) {
  if (!path.startsWith('/api/chat/')) return notFound()
  return new AppError('not_found', {
    userMessage: message('errors.chatNotFound'),
  })
}

function namesNothing(path: string) {
  const decoded = decodeURIComponent(path)
  return forms.some(([route, isPossible]) => {
    const id = route.exec(decoded)?.[1]
    return id !== undefined && !isPossible(id)
  })
}
