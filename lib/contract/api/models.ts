import { z } from 'zod'
import { allSizes, imageFormats, imageRatios } from '../model-view.ts'
import { means, momentSchema, sentenceSchema } from './sentence.ts'

const share = z.number().nullable().meta(means('api.fields.shareOfAttempts'))
const seconds = z.number().nullable().meta(means('api.fields.recordSeconds'))
const usd = z.number().nullable().meta(means('api.fields.recordUsd'))
const count = z.int().meta(means('api.fields.recordCount'))

const second = z.number().meta(means('api.fields.duration'))
const pixels = z.int().meta(means('api.fields.pixels'))

const supportsSchema = z
  .object({
    aspectRatios: z.array(z.enum(imageRatios)),
    resolutions: z.array(z.enum(allSizes)),
    duration: z
      .object({ min: second, max: second, step: second })
      .meta(means('api.fields.durationRange')),
    seed: z.boolean(),
    negativePrompt: z.boolean(),
    audio: z.boolean(),
    silence: z.boolean(),
    cancel: z.boolean(),
    firstFrame: z.boolean(),
    lastFrame: z.boolean(),
    maxReferences: z.int().meta(means('api.fields.maxReferences')),
    referenceSeconds: z.number().nullable().meta(means('api.fields.referenceSeconds')),
    sourceVideo: z.enum(['no', 'required']),
    customSize: z
      .object({ min: pixels, max: pixels, step: pixels })
      .nullable()
      .meta(means('api.fields.customSize')),
    imageFormats: z.array(z.enum(imageFormats)),
    anyLanguage: z.boolean(),
  })
  .meta({ id: 'ModelSupports', ...means('api.fields.supports') })

const priceSchema = z
  .object({
    perSecondUsd: z.number().meta(means('api.fields.perSecondUsd')),
    perRunUsd: z.number().meta(means('api.fields.perRunUsd')),
    perRunUsdAt: z
      .partialRecord(z.enum(allSizes), z.number())
      .optional()
      .meta(means('api.fields.perRunUsdAt')),
  })
  .meta({ id: 'Price', ...means('api.fields.price') })

const routeSchema = z
  .object({
    provider: z.string(),
    providerLabel: z.string(),
    isEnabled: z.boolean(),
    unavailableReason: sentenceSchema.nullable().meta(means('api.fields.unavailableReason')),
    isSetUp: z.boolean(),
    price: priceSchema,
    supports: supportsSchema,
  })
  .meta({ id: 'Route' })

export const modelSchema = z
  .object({
    id: z.string().meta(means('api.fields.modelId')),
    kind: z.enum(['video', 'image']),
    label: z.string(),
    description: sentenceSchema,
    badges: z.array(sentenceSchema),
    isDemo: z.boolean(),
    state: z.enum(['available', 'deprecated', 'retired']),
    stateSince: z.string().nullable().meta(means('api.fields.stateSince')),
    replacementId: z.string().nullable().meta(means('api.fields.replacementId')),
    isEnabled: z.boolean(),
    unavailableReason: sentenceSchema.nullable().meta(means('api.fields.unavailableReason')),
    supports: supportsSchema,
    defaults: z.object({
      aspectRatio: z.enum(imageRatios),
      resolution: z.enum(allSizes),
      duration: second,
      generateAudio: z.boolean(),
    }),
    price: priceSchema,
    usualSeconds: z.number().nullable().meta(means('api.fields.usualSeconds')),
    routes: z.array(routeSchema),
  })
  .meta({ id: 'Model' })

export const modelsSchema = z.object({ models: z.array(modelSchema) }).meta({ id: 'Models' })

const recordSchema = z
  .object({
    attempts: count,
    completed: count,
    failed: count,
    fellBack: count,
    unknown: count,
    successRate: share,
    fallbackRate: share,
    medianSeconds: seconds,
    p90Seconds: seconds,
    spentUsd: usd,
    meanUsd: usd,
  })
  .meta({ id: 'ProviderRecord' })

const cooldownSchema = z
  .object({ until: momentSchema, reason: sentenceSchema })
  .nullable()
  .meta(means('api.fields.cooldown'))
const webhooksSchema = z.enum(['on', 'polling only'])

export const providerSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    billingUrl: z.string().nullable().meta(means('api.fields.billingUrl')),
    isOn: z.boolean(),
    variables: z.array(
      z.object({
        name: z.string(),
        meaning: sentenceSchema,
        isRequired: z.boolean(),
        isSet: z.boolean(),
      }),
    ),
    health: z
      .object({
        state: z.enum(['ok', 'degraded', 'down']),
        message: sentenceSchema.optional(),
        credits: z
          .object({ left: z.number().meta(means('api.fields.creditsLeft')), unit: z.string() })
          .optional(),
      })
      .nullable()
      .meta(means('api.fields.health')),
    circuit: z.enum(['closed', 'open', 'half_open']),
    cooldown: cooldownSchema,
    pause: cooldownSchema.optional(),
    lastError: z
      .object({ at: momentSchema, code: z.string(), message: sentenceSchema })
      .nullable()
      .meta(means('api.fields.lastError')),
    webhooks: webhooksSchema,
    callbacks: webhooksSchema.optional(),
    models: z.array(z.string()),
    record: recordSchema,
  })
  .meta({ id: 'Provider' })

export const providersSchema = z
  .object({
    providers: z.array(providerSchema),
    pollingOnlyReason: sentenceSchema.nullable().meta(means('api.fields.pollingOnlyReason')),
    isWhole: z.boolean().optional(),
    parked: z.int().meta(means('api.fields.parked')),
  })
  .meta({ id: 'Providers' })
