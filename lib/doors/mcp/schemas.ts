import { z } from 'zod'
import { fileStatuses } from '#lib/contract/file-view'
import { seedMax } from '#lib/contract/request/request-fields'
import { maxVariations } from '#lib/contract/generation'
import {
  allSizes,
  aspectRatios,
  imageFormats,
  imageRatios,
  imageSizes,
  resolutions,
} from '#lib/contract/model-view'

// What the tools take and answer, in words for language models. What a video may be asked for is checked where every door
// has it checked, by its model.

const anImage = z
  .string()
  .describe(
    'image_..., a picture uploaded with POST /api/image, or file_..., an image that was generated',
  )

export const orderSchema = z.object({
  prompt: z.string().describe('What the video shows, in any language'),
  model: z.string().optional().describe('An id of list_models. Default: the first that is enabled'),
  aspectRatio: z.enum(aspectRatios).optional().describe('Default: that of the model'),
  duration: z.number().optional().describe('Seconds, as the model makes them'),
  resolution: z.enum(resolutions).optional(),
  seed: z.int().min(0).max(seedMax).optional().describe('The same seed makes a similar video'),
  negativePrompt: z.string().optional().describe('What it must not show'),
  generateAudio: z.boolean().optional(),
  inputs: z
    .object({
      firstFrame: anImage.optional(),
      lastFrame: anImage.optional(),
      references: z.array(anImage).max(3).optional(),
      sourceVideo: z.string().optional().describe('file_..., a finished video to make over'),
    })
    .optional(),
  variations: z
    .int()
    .min(1)
    .max(maxVariations)
    .optional()
    .describe('How many videos to make of it, each paid for on its own. Default 1'),
  maxUsd: z.number().min(0).optional().describe('The most one video may cost, in US dollars'),
})

const idempotencyKey = z
  .string()
  .describe(
    'One for each video or image you want: 1 to 255 visible ASCII characters without #, for example a UUID. The same ' +
      'key with the same arguments gives back the same one, for a day, and is never paid twice.',
  )

export const generateSchema = orderSchema.extend({ idempotencyKey })

const { model, seed, negativePrompt, variations, maxUsd } = orderSchema.shape
const side = z.int().min(1).optional()

const ofImage = {
  width: side.describe('Pixels, with height, where the model has a customSize'),
  height: side,
  imageFormat: z.enum(imageFormats).optional(),
}

export const generateImageSchema = z.object({
  prompt: z.string().describe('What the image shows, or how its references are to be changed'),
  model,
  aspectRatio: z.enum(imageRatios).optional().describe('Default: that of the model'),
  resolution: z.enum(imageSizes).optional().describe('About 1, 4 or 16 megapixels'),
  ...ofImage,
  seed,
  negativePrompt,
  inputs: z.object({ references: z.array(anImage).max(14).optional() }).optional(),
  variations,
  maxUsd,
  idempotencyKey,
})

const kind = z.enum(['video', 'image']).optional().describe('Default: video')

export const ofKindSchema = z.object({ kind })

export const askedPriceSchema = orderSchema.extend({
  kind,
  aspectRatio: z.enum(imageRatios).optional(),
  resolution: z.enum(allSizes).optional(),
  ...ofImage,
})

const fileId = z.string().describe('The fileId of the video or image, file_...')

export const fileSchema = z.object({ fileId })

export const waitAtMostSeconds = 25

export const waitSchema = z.object({
  fileId,
  seconds: z
    .number()
    .min(1)
    .max(waitAtMostSeconds)
    .optional()
    .describe(`How long to wait at most. Default and limit ${waitAtMostSeconds}`),
})

export const listSchema = z.object({
  limit: z.int().min(1).max(50).optional().describe('Default 10'),
  cursor: z.string().optional().describe('The nextCursor of the page before'),
  unfinishedOnly: z.boolean().optional(),
})

const usd = z.number()

export const videoSchema = z.object({
  fileId: z.string(),
  type: z.enum(['video', 'image']),
  status: z.enum(fileStatuses),
  progress: z.number().nullable().describe('Percent, where the provider tells it'),
  queuePlace: z.int().nullable(),
  isDelayed: z.boolean().describe('It takes longer than usual, and goes on'),
  isDemo: z.boolean().describe('Drawn on this machine, not by an AI model'),
  message: z.string().nullable().describe('What it waits for'),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  prompt: z.string(),
  model: z.string(),
  cost: z.object({ upToUsd: usd, chargedUsd: usd.nullable() }),
  url: z.string().nullable().describe('Opens it without a key. Null until it is there'),
  contentType: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  width: z.number(),
  height: z.number(),
  durationSeconds: z.number().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  next: z.string().describe('What to do now'),
})

export const videosSchema = z.object({ videos: z.array(videoSchema) })
export const pageSchema = videosSchema.extend({ nextCursor: z.string().nullable() })

export const estimateSchema = z.object({
  usd: usd.describe('All variations together, at the provider that would make it'),
  upToUsd: usd.describe('The same at the most expensive provider it may fall back to'),
  provider: z.string(),
  reason: z.string(),
  expectedSeconds: z.number().nullable(),
})

export const modelsSchema = z.object({
  models: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      description: z.string(),
      isEnabled: z.boolean(),
      unavailableReason: z.string().nullable(),
      isDemo: z.boolean(),
      replacementId: z.string().nullable(),
      aspectRatios: z.array(z.string()),
      resolutions: z.array(z.string()),
      durationSeconds: z.object({ min: z.number(), max: z.number(), step: z.number() }),
      defaults: z.object({
        aspectRatio: z.string(),
        resolution: z.string(),
        duration: z.number(),
        generateAudio: z.boolean(),
      }),
      makesSound: z.boolean(),
      firstFrame: z.boolean(),
      lastFrame: z.boolean(),
      maxReferences: z.int(),
      sourceVideo: z.enum(['no', 'required']),
      customSize: z.object({ min: z.number(), max: z.number(), step: z.number() }).nullable(),
      imageFormats: z.array(z.string()),
      price: z.object({
        perRunUsd: usd,
        perSecondUsd: usd,
        perRunUsdAt: z.partialRecord(z.enum(allSizes), usd).optional(),
      }),
      usualSeconds: z.number().nullable(),
    }),
  ),
})
