import { z } from 'zod'
import { fileViewSchema } from './files.ts'
import { errorCodeSchema } from './problem.ts'
import { means } from './sentence.ts'

const newsSchema = z.object({
  changes: z.array(
    z.object({
      fileId: z.string(),
      version: z.int().meta(means('api.fields.version')),
      change: z
        .enum(['started', 'ended', 'changed', 'deleted', 'told', 'trashed', 'restored'])
        .meta(means('api.fields.change')),
      chatId: z.string().optional(),
    }),
  ),
})

const missingSchema = z.object({ code: errorCodeSchema, fileId: z.string(), message: z.string() })

/** What the `data` of one message of an event stream is. */
export const fileEventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.enum(['file', 'render_progress', 'task_status']), object: fileViewSchema }),
    z.object({
      type: z.literal('render_result'),
      object: fileViewSchema.extend({
        file_url: z.string().nullable().meta(means('api.fields.fileUrl')),
      }),
    }),
    z.object({ type: z.literal('error'), object: missingSchema }),
    z.object({ type: z.literal('news'), object: newsSchema }),
  ])
  .meta({ id: 'FileEvent', ...means('api.fields.fileEvent') })
