import { z } from 'zod'
import { inputUnreadable, notUnderstood } from '../failures.ts'
import type {
  CheckResult,
  Json,
  ProviderContext,
  ProviderInput,
  ProviderRequest,
} from '../provider.ts'
import { generationFailed, superDuperAiLabel, unusableInput } from './superduperai-error.ts'
import { type SuperDuperAiAccount, requestSuperDuperAi } from './superduperai-wire.ts'

const id = z.string().min(1)

const uploadedSchema = z.object({ id })

/** What a submit sends, and which call it is. */
export const preparedSchema = z.object({
  kind: z.enum(['video', 'image']).default('video'),
  config: z.record(z.string(), z.json()),
})

/**
 * Uploads the first frame of a video or the reference pictures of an image, and answers what a submit sends. Free, so it
 * may be repeated.
 */
export async function prepareFile(
  request: ProviderRequest,
  account: SuperDuperAiAccount,
  context: ProviderContext,
) {
  const kind = request.kind === 'image' ? 'image' : 'video'
  const taken = kind === 'image' ? 'reference' : 'first_frame'
  const other = request.inputs.find(({ role }) => role !== taken)
  if (other) throw unusableInput(kind, other.role)
  const references: { type: string; reference_id: string }[] = []
  for (const input of request.inputs)
    references.push({ type: 'source', reference_id: await upload(input, account, context) })
  const config =
    kind === 'image' ? imageConfigOf(request, references) : configOf(request, references)
  return { kind, config }
}

/** All the fields that its own client sends for an image; none of them is told as optional. */
function imageConfigOf(request: ProviderRequest, references: Json[]) {
  const { model, prompt, negativePrompt, seed, width, height } = request
  return {
    generation_config_name: model,
    prompt,
    negative_prompt: negativePrompt ?? '',
    seed,
    width,
    height,
    shot_size: null,
    style_name: null,
    references,
    entity_ids: [],
  }
}

function configOf(request: ProviderRequest, references: Json[]) {
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

/** The field is called `payload` by SuperDuperAI's own client. */
async function upload(
  input: ProviderInput,
  account: SuperDuperAiAccount,
  context: ProviderContext,
) {
  const bytes = await input.read().catch((error: unknown) => {
    throw inputUnreadable(superDuperAiLabel, error)
  })
  const body = new FormData()
  body.set('payload', new Blob([bytes], { type: input.contentType }), input.fileName)
  const call = { method: 'POST', body, purpose: 'other' } as const
  return (await requestSuperDuperAi(uploadedSchema, '/file/upload', call, account, context)).id
}

/** The new file's id. An image is answered with a list of files. Older servers answered a list of events with the id inside. */
const acceptedSchema = z.union([
  z.tuple([z.object({ id })], z.unknown()).transform(([file]) => file.id),
  z.object({ id }).transform((file) => file.id),
  z
    .object({ data: z.tuple([z.object({ value: z.object({ file_id: id }) })]).rest(z.unknown()) })
    .transform(({ data }) => data[0].value.file_id),
  z
    .object({ data: z.tuple([z.object({ id })]).rest(z.unknown()) })
    .transform(({ data }) => data[0].id),
])

/** Makes the paid job, and answers the id of the file it will fill. */
export function submitFile(
  { kind, config }: z.infer<typeof preparedSchema>,
  account: SuperDuperAiAccount,
  context: ProviderContext,
) {
  const call = { method: 'POST', json: { config }, purpose: 'submit', timeoutMs: 60_000 } as const
  return requestSuperDuperAi(acceptedSchema, `/file/generate-${kind}`, call, account, context)
}

const flows: ReadonlySet<string> = new Set(['video-generation-flow', 'image-generation-flow'])

const fileSchema = z.object({
  id: z.string(),
  url: z.string().nullish(),
  type: z.enum(['video', 'image']).catch('video'),
  tasks: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
})

/**
 * Reads a file. There is no status at its top: it is done when it has an address, and failed when the last of its
 * tasks is that makes it. The name of that of an image is not confirmed.
 */
export async function checkFile(
  fileId: string,
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const path = `/file/${encodeURIComponent(fileId)}`
  const file = await requestSuperDuperAi(fileSchema, path, { purpose: 'look' }, account, context)
  // Of another file nothing is known of this one.
  if (file.id !== fileId) throw notUnderstood(superDuperAiLabel, `another file: ${file.id}`)
  if (file.url) return { status: 'completed', output: { kind: 'url', url: file.url } }
  const task = file.tasks?.findLast(({ type }) => flows.has(type))
  if (task?.status === 'error') return { status: 'failed', error: generationFailed(file.type) }
  return { status: 'pending' }
}
