import { z } from 'zod'
import { fileEventSchema } from '#lib/contract/api/file-event'
import {
  deletedSchema,
  estimateSchema,
  filePageSchema,
  fileViewSchema,
  startedSchema,
  timelineSchema,
} from '#lib/contract/api/files'
import { generateImageRequestSchema, generateRequestSchema } from '#lib/contract/api/requests'
import { means } from '#lib/contract/api/sentence'
import { shareSchema, shareWishSchema, sharesSchema } from '#lib/contract/api/shares'
import { deliveryReportSchema } from '#lib/contract/delivery-report'
import {
  type Operation,
  events,
  fileId,
  idempotency,
  keyCodes,
  known,
  ofKind,
  page,
  startCodes,
} from './operation.ts'

const aVideo = { prompt: 'A fox runs through fresh snow', model: 'local-preview' }
const anImage = { prompt: 'A fox in fresh snow', model: 'local-still' }

/** What can be done with videos. */
export const videos: Operation[] = [
  {
    id: 'generateVideo',
    method: 'post',
    path: '/generate/video',
    tag: 'videos',
    headers: idempotency,
    body: { schema: generateRequestSchema, example: { ...aVideo, aspectRatio: 'portrait' } },
    answers: { 202: startedSchema },
    codes: startCodes,
  },
  {
    id: 'generateImage',
    method: 'post',
    path: '/generate/image',
    tag: 'images',
    headers: idempotency,
    body: { schema: generateImageRequestSchema, example: { ...anImage, aspectRatio: '4:3' } },
    answers: { 202: startedSchema },
    codes: startCodes,
  },
  {
    id: 'estimateVideo',
    method: 'post',
    path: '/estimate',
    tag: 'videos',
    query: ofKind,
    body: {
      schema: z.union([generateRequestSchema, generateImageRequestSchema]),
      example: aVideo,
    },
    answers: { 200: estimateSchema },
    codes: ['invalid_input', 'sign_in_required'],
  },
  {
    id: 'listVideos',
    method: 'get',
    path: '/file',
    tag: 'videos',
    headers: known,
    query: page.extend({ status: z.enum(['pending']).optional(), ...ofKind.shape }),
    answers: { 200: filePageSchema, 304: undefined },
  },
  {
    id: 'getVideo',
    method: 'get',
    path: '/file/{fileId}',
    tag: 'videos',
    params: fileId,
    headers: known,
    answers: { 200: fileViewSchema, 304: undefined },
    codes: ['not_found'],
  },
  {
    id: 'followVideos',
    method: 'get',
    path: '/events/{channels}',
    tag: 'videos',
    params: z.object({
      channels: z
        .string()
        .meta({ ...means('api.fields.channels'), example: 'file.file_0123456789abcdefghijklmn' }),
    }),
    headers: z.object({
      'Last-Event-ID': z.string().optional().meta(means('api.fields.lastEventId')),
    }),
    query: z.object({ lastEventId: z.string().optional() }),
    answers: { 200: { type: events, schema: fileEventSchema }, 204: undefined },
    codes: ['not_found'],
  },
  {
    id: 'checkVideo',
    method: 'post',
    path: '/file/{fileId}/check',
    tag: 'videos',
    params: fileId,
    answers: { 200: fileViewSchema },
    codes: ['not_found'],
  },
  {
    id: 'cancelVideo',
    method: 'post',
    path: '/file/{fileId}/cancel',
    tag: 'videos',
    params: fileId,
    answers: { 200: fileViewSchema },
    codes: ['not_found', 'not_possible_now'],
  },
  {
    id: 'resubmitVideo',
    method: 'post',
    path: '/file/{fileId}/resubmit',
    tag: 'videos',
    params: fileId,
    headers: idempotency,
    answers: { 200: fileViewSchema },
    codes: ['not_found', 'not_possible_now', 'sign_in_required', ...keyCodes],
  },
  {
    id: 'getTimeline',
    method: 'get',
    path: '/file/{fileId}/timeline',
    tag: 'videos',
    params: fileId,
    answers: { 200: timelineSchema },
    codes: ['not_found'],
  },
  {
    id: 'reportDelivery',
    method: 'post',
    path: '/file/{fileId}/delivered',
    tag: 'videos',
    params: fileId,
    body: { schema: deliveryReportSchema, example: { by: 'poll' } },
    answers: { 204: undefined },
    codes: ['invalid_input', 'not_found'],
  },
  {
    id: 'getMedia',
    method: 'get',
    path: '/media/{fileId}/{name}',
    tag: 'videos',
    params: fileId.extend({
      name: z.string().meta({ ...means('api.fields.mediaName'), example: 'video.mp4' }),
    }),
    query: z.object({
      download: z.literal('1').optional().meta(means('api.fields.download')),
    }),
    headers: z.object({ Range: z.string().optional() }),
    answers: { 200: { type: '*/*' }, 206: { type: '*/*' }, 304: undefined, 416: undefined },
    codes: ['not_found'],
  },
  {
    id: 'deleteVideo',
    method: 'delete',
    path: '/file/{fileId}',
    tag: 'videos',
    params: fileId,
    answers: { 204: undefined },
    codes: ['not_found'],
  },
  {
    id: 'deleteVideos',
    method: 'delete',
    path: '/file',
    tag: 'videos',
    query: ofKind,
    answers: { 200: deletedSchema },
  },
  {
    id: 'listShares',
    method: 'get',
    path: '/file/{fileId}/shares',
    tag: 'videos',
    params: fileId,
    answers: { 200: sharesSchema },
    codes: ['not_found'],
  },
  {
    id: 'createShare',
    method: 'post',
    path: '/file/{fileId}/shares',
    tag: 'videos',
    params: fileId,
    body: { schema: shareWishSchema, example: { expiresInDays: 7, mayDownload: true } },
    answers: { 201: shareSchema },
    codes: ['invalid_input', 'not_found', 'not_possible_now'],
  },
  {
    id: 'revokeShare',
    method: 'delete',
    path: '/file/{fileId}/shares/{token}',
    tag: 'videos',
    params: fileId.extend({ token: z.string() }),
    answers: { 204: undefined },
    codes: ['not_found'],
  },
]
