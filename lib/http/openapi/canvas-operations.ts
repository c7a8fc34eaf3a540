import { z } from 'zod'
import {
  canceledRunsSchema,
  canvasFileSchema,
  canvasPageSchema,
  canvasPlanSchema,
  canvasRunRequestSchema,
  canvasRunResultSchema,
  canvasPatchRequestSchema,
  canvasSummarySchema,
  canvasViewSchema,
  newCanvasRequestSchema,
} from '#lib/contract/api/canvas'
import { means } from '#lib/contract/api/sentence'
import { type Operation, cursor, idempotency, startCodes } from './operation.ts'

const canvasId = z.object({
  canvasId: z.string().meta({ example: 'canvas_0123456789abcdefghijklmn' }),
})
const text = {
  kind: 'text',
  id: 'node_0123456789abcdefghijklmn',
  x: 0,
  y: 0,
  width: 240,
  height: 120,
  groupId: null,
  text: 'A fox in the snow',
}
const patch = { requestId: '0123456789abcdef', since: 0, changes: [{ change: 'add', node: text }] }
const run = { scope: 'all', nodes: [] }
const file = { object: 'canvas.file', name: 'Foxes', nodes: [text], edges: [] }

/** What can be done with canvases as a whole, and with what is on them. */
export const canvases: Operation[] = [
  {
    id: 'listCanvases',
    method: 'get',
    path: '/canvas',
    tag: 'canvas',
    query: z.object({
      search: z.string().optional(),
      cursor,
      trash: z.literal('1').optional().meta(means('api.fields.canvasTrash')),
    }),
    answers: { 200: canvasPageSchema },
    codes: ['invalid_input'],
  },
  {
    id: 'createCanvas',
    method: 'post',
    path: '/canvas',
    tag: 'canvas',
    body: { schema: newCanvasRequestSchema, example: { name: 'Foxes' } },
    answers: { 201: canvasViewSchema },
    codes: ['invalid_input', 'not_possible_now', 'session_required'],
  },
  {
    id: 'importCanvas',
    method: 'post',
    path: '/canvas/import',
    tag: 'canvas',
    query: z.object({
      media: z.literal('own').optional().meta(means('api.fields.canvasMedia')),
    }),
    body: { schema: canvasFileSchema, example: file },
    answers: { 201: canvasSummarySchema },
    codes: ['invalid_input', 'not_possible_now', 'payload_too_large', 'session_required'],
  },
  {
    id: 'getCanvas',
    method: 'get',
    path: '/canvas/{canvasId}',
    tag: 'canvas',
    params: canvasId,
    query: z.object({
      since: z.coerce.number().optional().meta(means('api.fields.canvasVersion')),
    }),
    answers: { 200: canvasViewSchema },
    codes: ['not_found'],
  },
  {
    id: 'changeCanvas',
    method: 'patch',
    path: '/canvas/{canvasId}',
    tag: 'canvas',
    params: canvasId,
    body: { schema: canvasPatchRequestSchema, example: patch },
    answers: { 200: canvasViewSchema },
    codes: ['invalid_input', 'not_found', 'payload_too_large'],
  },
  {
    id: 'deleteCanvas',
    method: 'delete',
    path: '/canvas/{canvasId}',
    tag: 'canvas',
    params: canvasId,
    query: z.object({
      forever: z.literal('1').optional().meta(means('api.fields.canvasForever')),
    }),
    answers: { 204: undefined },
    codes: ['not_found', 'not_possible_now'],
  },
  {
    id: 'duplicateCanvas',
    method: 'post',
    path: '/canvas/{canvasId}/duplicate',
    tag: 'canvas',
    params: canvasId,
    answers: { 201: canvasSummarySchema },
    codes: ['not_found', 'not_possible_now'],
  },
  {
    id: 'exportCanvas',
    method: 'get',
    path: '/canvas/{canvasId}/export',
    tag: 'canvas',
    params: canvasId,
    answers: { 200: canvasFileSchema },
    codes: ['not_found'],
  },
  {
    id: 'planCanvas',
    method: 'post',
    path: '/canvas/{canvasId}/plan',
    tag: 'canvas',
    params: canvasId,
    body: { schema: canvasRunRequestSchema, example: run },
    answers: { 200: canvasPlanSchema },
    codes: ['invalid_input', 'not_found', 'not_possible_now'],
  },
  {
    id: 'runCanvas',
    method: 'post',
    path: '/canvas/{canvasId}/run',
    tag: 'canvas',
    params: canvasId,
    headers: idempotency,
    body: { schema: canvasRunRequestSchema, example: run },
    answers: { 202: canvasRunResultSchema },
    codes: ['not_found', ...startCodes],
  },
  {
    id: 'cancelCanvasRuns',
    method: 'post',
    path: '/canvas/{canvasId}/run/cancel',
    tag: 'canvas',
    params: canvasId,
    answers: { 200: canceledRunsSchema },
    codes: ['not_found'],
  },
]
