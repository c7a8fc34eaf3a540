import { imageMaxBytes, noInputs } from '#lib/contract/generation-inputs'
import { findRoute } from '../../ai/models/catalogue.ts'
import type { InputRole, ProviderInput, ProviderRequest } from '../../ai/providers/provider.ts'
import { type AssetRow, findInputs, isNamed } from '../../assets/assets.ts'
import { adopterOf } from '../../db/adopted.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import type { GenerationRow } from '../row.ts'
import type { StepWork } from './step.ts'

/** What a provider is asked for, inputs included: bytes on demand, out of our storage. */
export async function requestFor({ row, deps }: StepWork): Promise<ProviderRequest> {
  return { ...requestOf(row), inputs: await inputsOf(row, deps.storage) }
}

/** The same without its inputs. */
export function requestOf(row: GenerationRow): Omit<ProviderRequest, 'inputs'> {
  const { duration, isSeedGiven: _, inputs: __, ...settings } = row.settings
  return {
    ...settings,
    model: findRoute(row.model, row.provider)?.model ?? row.model,
    prompt: row.prompt,
    durationSeconds: duration,
  }
}

async function inputsOf({ ownerId, settings }: GenerationRow, storage: Storage) {
  const { firstFrame, lastFrame, references, sourceVideo } = settings.inputs ?? noInputs
  const wanted: [role: InputRole, id: string][] = []
  if (firstFrame) wanted.push(['first_frame', firstFrame])
  if (lastFrame) wanted.push(['last_frame', lastFrame])
  for (const id of references) wanted.push(['reference', id])
  if (sourceVideo) wanted.push(['source_video', sourceVideo])
  const ids = wanted.map(([, id]) => id)
  // The row may have been read before its visitor's work moved into an account.
  const assets = ids.length > 0 ? await findInputs(await adopterOf(ownerId), ids) : []
  return wanted.map(([role, id]) => {
    const asset = assets.find((one) => isNamed(one, id))
    return asset ? inputOf(role, asset, storage) : goneInput(role, id)
  })
}

/** A video without its picture would be another one, and paid for: the picture is missed where it is read. */
function goneInput(role: InputRole, id: string): ProviderInput {
  const read = () => Promise.reject(new Error(`the input ${id} is not there for its owner`))
  return { role, contentType: 'image/png', fileName: id, read }
}

function inputOf(
  role: InputRole,
  { storageKey, contentType }: AssetRow,
  storage: Storage,
): ProviderInput {
  return {
    role,
    contentType,
    fileName: storageKey.replace('/', '-'),
    async read() {
      const object = await storage.get(storageKey)
      if (!object) throw new Error(`the input ${storageKey} is not in storage any more`)
      if (object.sizeBytes > imageMaxBytes) throw new Error(`the input ${storageKey} is too large`)
      return new Uint8Array(await new Response(object.read() as BodyInit).arrayBuffer())
    },
  }
}
