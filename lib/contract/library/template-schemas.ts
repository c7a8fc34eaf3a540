import { z } from 'zod'
import { strictObject } from 'zod/mini'
import { generateImageRequestSchema, generateRequestSchema } from '../api/requests.ts'
import { means, momentSchema } from '../api/sentence.ts'
import { videoRequestSchema } from '../generate-video-request.ts'
import { imageRequestSchema } from '../request/generate-image-request.ts'
import { key } from '../request/request-fields.ts'
import { templateNameAtMost } from './templates.ts'

/** What is of one start alone, and no part of a template. */
const ofStart = {
  variations: true,
  useCache: true,
  promptBefore: true,
  callbackUrl: true,
  enableFallback: true,
} as const

/** What a template keeps, as it is checked: the fields of a request, whatever models there are. */
export const templateSettingsSchemas = {
  video: savedOf(videoRequestSchema.shape),
  image: savedOf(imageRequestSchema.shape),
}

function savedOf<Shape extends typeof videoRequestSchema.shape | typeof imageRequestSchema.shape>({
  variations: _variations,
  useCache: _useCache,
  promptBefore: _promptBefore,
  callbackUrl: _callbackUrl,
  enableFallback: _enableFallback,
  ...saved
}: Shape) {
  return strictObject(saved, { error: key('errors.sendObject') })
}

// The same as it is documented.
const otherNames = { seeds: true, enableTranslation: true } as const
const settings = z
  .union([
    generateRequestSchema.omit({ ...ofStart, ...otherNames, nFrames: true }),
    generateImageRequestSchema.omit({ ...ofStart, ...otherNames }),
  ])
  .meta(means('api.fields.templateSettings'))

const kind = z.enum(['video', 'image'])
const name = z.string().trim().min(1).max(templateNameAtMost)
const given = z.record(z.string(), z.unknown())
const isShared = z.boolean().optional().meta(means('api.fields.templateShared'))

const fields = { name, kind, isShared }
const changes = { name: name.optional(), isShared, isStarred: z.boolean().optional() }

/** The bodies; their settings are checked by their kind afterwards. */
export const newTemplateSchema = z.strictObject({ ...fields, settings: given })
export const templateChangeSchema = z.strictObject({ ...changes, settings: given.optional() })

export const templatesQuerySchema = z.object({
  kind: kind.optional(),
  q: z.string().max(500).optional().meta(means('api.fields.templateSearch')),
})

export const documentedTemplate = {
  made: z.strictObject({ ...fields, settings }).meta({ id: 'NewTemplate' }),
  change: z
    .strictObject({ ...changes, settings: settings.optional() })
    .meta({ id: 'TemplateChange' }),
}

export const templateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind,
    settings,
    isOurs: z.boolean().meta(means('api.fields.templateOurs')),
    isShared: z.boolean(),
    isStarred: z.boolean(),
    canChange: z.boolean(),
    createdAt: momentSchema.nullable().meta(means('api.fields.templateCreated')),
  })
  .meta({ id: 'Template' })

export const templatesSchema = z
  .object({ templates: z.array(templateSchema) })
  .meta({ id: 'Templates' })
