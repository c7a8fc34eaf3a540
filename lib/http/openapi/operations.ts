import { z } from 'zod'
import { accountSchema, topUpsSchema, usageSchema } from '#lib/contract/api/account'
import {
  chatPageSchema,
  chatRequestSchema,
  chatSummarySchema,
  chatViewSchema,
  renameSchema,
} from '#lib/contract/api/chat'
import { imageSchema, startedSchema } from '#lib/contract/api/files'
import { modelsSchema, providerSchema, providersSchema } from '#lib/contract/api/models'
import {
  improveRequestSchema,
  improvedPromptSchema,
  newVersionSchema,
} from '#lib/contract/api/requests'
import type { MessageKey } from '#lib/messages/message'
import {
  type Operation,
  chatId,
  cursor,
  events,
  idempotency,
  keyCodes,
  known,
  ofKind,
  page,
  startCodes,
} from './operation.ts'
import { batches } from './batch-operations.ts'
import { canvases } from './canvas-operations.ts'
import { library } from './library-operations.ts'
import { edits } from './edit-operations.ts'
import { templates } from './template-operations.ts'
import { videos } from './video-operations.ts'

const studio: Operation[] = [
  {
    id: 'improvePrompt',
    method: 'post',
    path: '/prompt/improve',
    tag: 'videos',
    body: { schema: improveRequestSchema, example: { prompt: 'a fox in the snow' } },
    answers: { 200: improvedPromptSchema },
    codes: ['invalid_input', 'rate_limited'],
  },
  {
    id: 'listModels',
    method: 'get',
    path: '/models',
    tag: 'models',
    query: ofKind,
    answers: { 200: modelsSchema },
    isOpen: true,
  },
  {
    id: 'uploadImage',
    method: 'post',
    path: '/image',
    tag: 'images',
    body: { type: 'image/png' },
    answers: { 201: imageSchema },
    codes: [
      'invalid_input',
      'payload_too_large',
      'unsupported_media_type',
      'too_many_uploads',
      'upload_quota_reached',
      'storage_full',
    ],
  },
  {
    id: 'listProviders',
    method: 'get',
    path: '/providers',
    tag: 'models',
    answers: { 200: providersSchema },
  },
  {
    id: 'checkProvider',
    method: 'post',
    path: '/providers/{id}/check',
    tag: 'models',
    params: z.object({ id: z.string().meta({ example: 'local' }) }),
    answers: { 200: providerSchema },
    codes: ['not_found', 'forbidden'],
  },
  {
    id: 'getAccount',
    method: 'get',
    path: '/account',
    tag: 'account',
    answers: { 200: accountSchema },
    isOpen: true,
  },
  {
    id: 'getUsage',
    method: 'get',
    path: '/usage',
    tag: 'account',
    query: page,
    answers: { 200: usageSchema },
  },
  {
    id: 'getUsageCsv',
    method: 'get',
    path: '/usage.csv',
    tag: 'account',
    answers: { 200: { type: 'text/csv' } },
  },
  {
    id: 'listTopUps',
    method: 'get',
    path: '/top-ups',
    tag: 'account',
    answers: { 200: topUpsSchema },
  },
  {
    id: 'createSession',
    method: 'post',
    path: '/session',
    tag: 'account',
    answers: { 204: undefined },
    isOpen: true,
  },
  {
    id: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    tag: 'account',
    headers: known,
    answers: { 200: z.looseObject({ openapi: z.string() }), 304: undefined },
    isOpen: true,
  },
]

const aMessage = {
  chatId: 'chat_0123456789abcdefghijklmn',
  message: {
    id: 'msg_0123456789abcdefghijklmn',
    role: 'user',
    parts: [{ type: 'text', text: 'Make a video of a fox in the snow' }],
  },
}

const chats: Operation[] = [
  {
    id: 'sendMessage',
    method: 'post',
    path: '/chat',
    tag: 'chat',
    headers: idempotency,
    body: { schema: chatRequestSchema, example: aMessage },
    answers: { 200: { type: events } },
    codes: ['invalid_input', 'not_found', 'not_possible_now', 'session_required', ...keyCodes],
  },
  {
    id: 'followAnswer',
    method: 'get',
    path: '/chat/{chatId}/stream',
    tag: 'chat',
    params: chatId,
    answers: { 200: { type: events }, 204: undefined },
    codes: ['not_found'],
  },
  {
    id: 'stopAnswer',
    method: 'post',
    path: '/chat/{chatId}/stop',
    tag: 'chat',
    params: chatId,
    answers: { 204: undefined },
    codes: ['not_found'],
  },
  {
    id: 'listChats',
    method: 'get',
    path: '/chat',
    tag: 'chat',
    query: z.object({ search: z.string().optional(), cursor }),
    answers: { 200: chatPageSchema },
  },
  {
    id: 'getChat',
    method: 'get',
    path: '/chat/{chatId}',
    tag: 'chat',
    params: chatId,
    answers: { 200: chatViewSchema },
    codes: ['not_found'],
  },
  {
    id: 'renameChat',
    method: 'patch',
    path: '/chat/{chatId}',
    tag: 'chat',
    params: chatId,
    body: { schema: renameSchema, example: { title: 'Foxes' } },
    answers: { 200: chatSummarySchema },
    codes: ['invalid_input', 'not_found'],
  },
  {
    id: 'newVersion',
    method: 'post',
    path: '/chat/{chatId}/videos',
    tag: 'chat',
    params: chatId,
    headers: idempotency,
    body: {
      schema: newVersionSchema,
      example: { fromFileId: 'file_0123456789abcdefghijklmn', prompt: 'The same fox at night' },
    },
    answers: { 202: startedSchema },
    codes: [...startCodes, 'not_found'],
  },
  {
    id: 'deleteChat',
    method: 'delete',
    path: '/chat/{chatId}',
    tag: 'chat',
    params: chatId,
    answers: { 204: undefined },
    codes: ['not_found'],
  },
]

/** What a key may ask for and the document leaves out, by the beginning of its path below `/api`, with the reason. */
export const notDescribed = [
  { path: '/admin/', reason: 'api.notDescribed.admin' },
  ...['/inngest', '/mcp', '/openjourney/'].map((path) => ({
    path,
    reason: 'api.notDescribed.foreign' as const,
  })),
] as const satisfies readonly { path: string; reason: MessageKey }[]

/** Every other request that a key may make, in the order of the reference. */
export const operations: readonly Operation[] = [
  ...videos,
  ...edits,
  ...batches,
  ...studio,
  ...library,
  ...canvases,
  ...templates,
  ...chats,
]
