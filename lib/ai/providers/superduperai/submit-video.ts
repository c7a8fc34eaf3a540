import { z } from 'zod'
import type { ProviderContext, ProviderInput, ProviderRequest } from '../provider.ts'
import { type SuperDuperAiAccount, requestSuperDuperAi } from './request-superduperai.ts'
import { inputUnreadable, unusableInput } from './superduperai-error.ts'

const id = z.string().min(1)

/** The new file's id. Older servers answered a list of events with the id inside. */
const acceptedSchema = z.union([
  z.object({ id }).transform((file) => file.id),
  z
    .object({ data: z.tuple([z.object({ value: z.object({ file_id: id }) })]).rest(z.unknown()) })
    .transform(({ data }) => data[0].value.file_id),
  z
    .object({ data: z.tuple([z.object({ id })]).rest(z.unknown()) })
    .transform(({ data }) => data[0].id),
])

const uploadedSchema = z.object({ id })

/** Uploads the first frame, if there is one, and begins the paid job; answers the id of the file it will fill. */
export async function submitVideo(
  request: ProviderRequest,
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<string> {
  const other = request.inputs.find(({ role }) => role !== 'first_frame')
  if (other) throw unusableInput(other.role)
  const references: { type: 'source'; reference_id: string }[] = []
  for (const input of request.inputs)
    references.push({ type: 'source', reference_id: await upload(input, account, context) })
  const config = configOf(request, references)
  const call = { method: 'POST', json: { config }, purpose: 'submit', timeoutMs: 60_000 } as const
  return requestSuperDuperAi(acceptedSchema, '/file/generate-video', call, account, context)
}

function configOf(request: ProviderRequest, references: unknown[]) {
  return {
    generation_config_name: request.model,
    prompt: request.prompt,
    ...(request.negativePrompt !== null && { negative_prompt: request.negativePrompt }),
    seed: request.seed,
    duration: request.durationSeconds,
    width: request.width,
    height: request.height,
    aspect_ratio: request.aspectRatio,
    ...(references.length > 0 && { references }),
  }
}

/** Free, so it may be repeated. The field is called `payload` by SuperDuperAI's own client. */
async function upload(
  input: ProviderInput,
  account: SuperDuperAiAccount,
  context: ProviderContext,
) {
  const bytes = await input.read().catch((error: unknown) => {
    throw inputUnreadable(error)
  })
  const body = new FormData()
  body.set('payload', new Blob([bytes], { type: input.contentType }), input.fileName)
  const call = { method: 'POST', body, purpose: 'other' } as const
  return (await requestSuperDuperAi(uploadedSchema, '/file/upload', call, account, context)).id
}
