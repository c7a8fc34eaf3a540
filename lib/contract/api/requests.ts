import { z } from 'zod'
import { inputsSchema, videoRequestSchema } from '../generate-video-request.ts'
import { imageReferencesAtMost, imageRequestSchema } from '../request/generate-image-request.ts'
import { seedMax } from '../request/request-fields.ts'
import { type ChatRatio, chatRatios } from '../chat-tools.ts'
import { orders } from '../edit/edit-request.ts'
import { aspectRatios, imageFormats, imageRatios, imageSizes, resolutions } from '../model-view.ts'
import { joinedAtMost } from '../edit/edit-limits.ts'
import { editOrderSchema } from './files.ts'
import { means, sentenceSchema } from './sentence.ts'

const { shape } = videoRequestSchema
const { firstFrame, lastFrame, sourceVideo } = inputsSchema.shape
for (const image of [firstFrame, lastFrame])
  z.globalRegistry.add(image, means('api.fields.inputImage'))
z.globalRegistry.add(sourceVideo, means('api.fields.inputVideo'))
const { trim, loop, crop, frame, animation } = orders
z.globalRegistry.add(trim.shape.from, means('api.fields.secondOfSource'))
z.globalRegistry.add(loop.shape.times, means('api.fields.times'))
z.globalRegistry.add(crop.shape.focus.shape.x, means('api.fields.focus'))
z.globalRegistry.add(frame.shape.at, means('api.fields.frameAt'))
z.globalRegistry.add(animation.shape.width, means('api.fields.pixels'))
z.globalRegistry.add(animation.shape.fps, means('api.fields.fps'))
const ratioWords = Object.keys(chatRatios) as ChatRatio[]

/** What a start takes, the names of other interfaces included (`lib/ai/models/input-names.ts`). */
const fields = {
  ...shape,
  prompt: z.string().min(1).meta(means('api.fields.prompt')),
  model: z.string().optional().meta(means('api.fields.requestModel')),
  aspectRatio: z
    .enum([...aspectRatios, ...ratioWords])
    .optional()
    .meta(means('api.fields.requestRatio')),
  duration: z.number().optional().meta(means('api.fields.duration')),
  resolution: z.enum(resolutions).optional(),
  promptBefore: z.string().nullish().meta(means('api.fields.promptBefore')),
  seed: z.int().min(0).max(seedMax).nullish().meta(means('api.fields.seed')),
  negativePrompt: z.string().nullish().meta(means('api.fields.negativePrompt')),
  variations: z.int().min(1).max(4).optional().meta(means('api.fields.variations')),
  maxUsd: z.number().min(0).nullish().meta(means('api.fields.maxUsd')),
  useCache: z.boolean().optional().meta(means('api.fields.useCache')),
  callbackUrl: z.string().nullish().meta(means('api.fields.callbackUrl')),
  nFrames: z.union([z.number(), z.string()]).optional().meta(means('api.fields.nFrames')),
  seeds: z
    .union([z.int(), z.array(z.int()).length(1)])
    .optional()
    .meta(means('api.fields.seeds')),
  enableFallback: z.boolean().optional().meta(means('api.fields.enableFallback')),
  enableTranslation: z.boolean().optional().meta(means('api.fields.ignored')),
}

export const generateRequestSchema = z.strictObject(fields).meta({ id: 'GenerateVideoRequest' })

const side = z.int().min(1).optional().meta(means('api.fields.side'))

/** What the start of an image takes. */
export const generateImageRequestSchema = z
  .strictObject({
    ...imageRequestSchema.shape,
    prompt: z.string().min(1).meta(means('api.fields.imagePrompt')),
    model: fields.model,
    aspectRatio: z
      .enum([...imageRatios, ...ratioWords])
      .optional()
      .meta(means('api.fields.imageRatio')),
    resolution: z.enum(imageSizes).optional().meta(means('api.fields.imageSize')),
    width: side,
    height: side,
    imageFormat: z.enum(imageFormats).optional(),
    promptBefore: fields.promptBefore,
    seed: fields.seed,
    negativePrompt: fields.negativePrompt,
    inputs: z
      .strictObject({
        references: z
          .array(z.string())
          .max(imageReferencesAtMost)
          .optional()
          .meta(means('api.fields.imageInputs')),
      })
      .optional(),
    variations: fields.variations,
    maxUsd: fields.maxUsd,
    useCache: fields.useCache,
    callbackUrl: fields.callbackUrl,
    seeds: fields.seeds,
    enableFallback: fields.enableFallback,
    enableTranslation: fields.enableTranslation,
  })
  .meta({ id: 'GenerateImageRequest' })

const { variations: _, ...ofVersion } = fields

/** What is absent is taken from the video it comes from. */
export const newVersionSchema = z
  .strictObject({
    ...ofVersion,
    prompt: fields.prompt.optional(),
    fromFileId: z.string().meta(means('api.fields.fromFileId')),
  })
  .meta({ id: 'NewVersionRequest' })

export const improveRequestSchema = z
  .object({ prompt: z.string(), kind: z.enum(['video', 'image']).optional() })
  .meta({ id: 'ImproveRequest' })

export const improvedPromptSchema = z
  .object({ prompt: z.string(), by: z.enum(['model', 'rules']), note: sentenceSchema })
  .meta({ id: 'ImprovedPrompt' })

export const editRequestSchema = z
  .strictObject({
    sources: z.array(z.string()).min(1).max(joinedAtMost).meta(means('api.fields.editSources')),
    edit: editOrderSchema,
  })
  .meta({ id: 'EditRequest' })
