import { z } from 'zod'
import { generateImageRequestSchema, generateRequestSchema } from '#lib/contract/api/requests'
import { fileStatuses } from '#lib/contract/file-view'
import { means, momentSchema } from '#lib/contract/api/sentence'
import { type Operation, idempotency, startCodes } from './operation.ts'

const requestSchema = z
  .object({
    name: z.string().max(200).optional(),
    kind: z.enum(['video', 'image']).optional().meta(means('api.fields.batchKind')),
    rows: z
      .union([z.array(generateRequestSchema), z.array(generateImageRequestSchema)])
      .meta(means('api.fields.batchRows')),
    maxUsd: z.number().min(0).nullish().meta(means('api.fields.batchMaxUsd')),
  })
  .meta({ id: 'BatchRequest', ...means('api.fields.batch') })

const usd = z.number().meta(means('api.fields.firstUsd'))
const upToUsd = z.number().meta(means('api.fields.upToUsd'))
const status = z.enum(fileStatuses)

const summarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    total: z.int().meta(means('api.fields.batchTotal')),
    counts: z.record(status, z.int()).meta(means('api.fields.batchCounts')),
    estimatedUsd: usd,
    upToUsd,
    createdAt: momentSchema,
  })
  .meta({ id: 'BatchSummary' })

const batchSchema = summarySchema
  .extend({
    items: z.array(
      z.object({
        row: z.int().meta(means('api.fields.batchRow')),
        fileId: z.string(),
        prompt: z.string(),
        status,
      }),
    ),
  })
  .meta({ id: 'Batch' })

const estimateSchema = z
  .object({
    usd,
    upToUsd,
    rows: z.array(z.object({ usd, upToUsd, providerLabel: z.string() })),
  })
  .meta({ id: 'BatchEstimate' })

const batchId = z.object({
  batchId: z.string().meta({ example: 'batch_0123456789abcdefghijklmn' }),
})
const example = {
  name: 'Launch',
  rows: [
    { prompt: 'A fox runs through fresh snow', model: 'local-preview' },
    { prompt: 'A fox sleeps', model: 'local-preview', aspectRatio: '16:9' },
  ],
}

/** What can be done with batches. */
export const batches: Operation[] = [
  {
    id: 'startBatch',
    method: 'post',
    path: '/batch',
    tag: 'videos',
    headers: idempotency,
    body: { schema: requestSchema, example },
    answers: { 202: batchSchema },
    codes: startCodes,
  },
  {
    id: 'estimateBatch',
    method: 'post',
    path: '/batch/estimate',
    tag: 'videos',
    body: { schema: requestSchema, example },
    answers: { 200: estimateSchema },
    codes: ['invalid_input', 'sign_in_required'],
  },
  {
    id: 'listBatches',
    method: 'get',
    path: '/batch',
    tag: 'videos',
    answers: { 200: z.object({ batches: z.array(summarySchema) }) },
  },
  {
    id: 'getBatch',
    method: 'get',
    path: '/batch/{batchId}',
    tag: 'videos',
    params: batchId,
    answers: { 200: batchSchema },
    codes: ['not_found'],
  },
  {
    id: 'cancelBatch',
    method: 'post',
    path: '/batch/{batchId}/cancel',
    tag: 'videos',
    params: batchId,
    answers: { 200: batchSchema },
    codes: ['not_found'],
  },
]
