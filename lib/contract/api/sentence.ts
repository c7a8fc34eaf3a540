import { z } from 'zod'
import { type MessageKey, type MessageRef, type Sentence, message } from '#lib/messages/message'

// The schemas of what the API answers. A test holds each of them equal to the type that screens and routes use. What a
// field means is the key of a message: the document that is made of them has words of each language.

/** What a field means, for the reader of the document. */
export function means(key: MessageKey) {
  return { description: message(key).key }
}

/** A message as data. Its values can nest, so their form is the type's matter. */
export const messageRefSchema = z
  .object({ key: z.string(), values: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: 'MessageRef', ...means('api.fields.messageRef') }) as unknown as z.ZodType<MessageRef>

/** Words, or a message: programs that decide never read either. */
export const sentenceSchema: z.ZodType<Sentence> = z
  .union([z.string(), messageRefSchema])
  .meta({ id: 'Sentence', ...means('api.fields.sentence') })

export const momentSchema = z
  .string()
  .meta({ id: 'Moment', format: 'date-time', ...means('api.fields.moment') })
