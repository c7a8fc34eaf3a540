import * as z from 'zod/mini'

const partSchema = z.object({
  state: z.enum(['ok', 'degraded', 'down']),
  message: z.optional(z.string()),
})

/** `GET /health`: 200 while videos can be made and delivered, 503 with the reason while they cannot. */
export const healthViewSchema = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  database: partSchema,
  queue: partSchema,
  storage: partSchema,
  providers: z.record(z.string(), partSchema),
})
export type HealthView = z.infer<typeof healthViewSchema>
