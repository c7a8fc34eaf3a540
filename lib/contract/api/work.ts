import { z } from 'zod'
import { extendWays, upscaleSizes } from '../generation.ts'
import { means, sentenceSchema } from './sentence.ts'

const way = z.enum(extendWays).meta(means('api.fields.extendWay'))
const to = z.enum(upscaleSizes)
const pixels = z.int().meta(means('api.fields.pixels'))

export const workOrderSchema = z
  .discriminatedUnion('operation', [
    z.object({ operation: z.literal('extend'), way }),
    z.object({ operation: z.literal('upscale'), to }),
  ])
  .meta({ id: 'WorkOrder' })

export const workRequestSchema = z
  .strictObject({
    source: z.string().meta(means('api.fields.workSource')),
    work: z.discriminatedUnion('operation', [
      z.strictObject({
        operation: z.literal('extend'),
        way,
        prompt: z.string().min(1).meta(means('api.fields.prompt')),
        model: z.string().optional().meta(means('api.fields.extendModel')),
      }),
      z.strictObject({ operation: z.literal('upscale'), to }),
    ]),
    maxUsd: z.number().min(0).nullish().meta(means('api.fields.maxUsd')),
  })
  .meta({ id: 'WorkRequest' })

const offer = {
  model: z.string(),
  label: z.string(),
  providerLabel: z.string(),
  usd: z.number().meta(means('api.fields.offerUsd')),
  upToUsd: z.number().meta(means('api.fields.offerUpTo')),
}

export const workOffersSchema = z
  .object({
    extend: z.array(
      z.object({ ...offer, way, seconds: z.number().meta(means('api.fields.addedSeconds')) }),
    ),
    notNative: sentenceSchema.nullable().meta(means('api.fields.notNative')),
    upscale: z.array(z.object({ ...offer, to, width: pixels, height: pixels })),
  })
  .meta({ id: 'WorkOffers' })
