import { imageMaxBytes, noInputs } from '#lib/contract/generation-inputs'
import { message } from '#lib/messages/message'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { findRoute } from '../../ai/models/catalogue.ts'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { InputRole, ProviderInput, ProviderRequest } from '../../ai/providers/provider.ts'
import { type AssetRow, findInputs, isNamed } from '../../assets/assets.ts'
import { adopterOf } from '../../db/queries/adopted.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import type { GenerationRow } from '../row.ts'

/** What a provider is asked for, without its inputs. */
export function requestOf(row: GenerationRow): Omit<ProviderRequest, 'inputs'> {
  const {
    duration,
    isSeedGiven: _,
    inputs: __,
    enableFallback: ___,
    promptBefore: ____,
    ...settings
  } = row.settings
  return {
    ...settings,
    kind: row.kind,
    model: findRoute(row.model, row.provider)?.model ?? row.model,
    prompt: row.prompt,
    durationSeconds: duration,
  }
}

/** The pictures and films a generation starts from. */
export async function inputsOf({ ownerId, settings }: GenerationRow, storage: Storage) {
  const inputs = settings.inputs ?? noInputs
  const { firstFrame, lastFrame, references, sourceVideo, sources = [] } = inputs
  const wanted: [role: InputRole, id: string][] = []
  if (firstFrame) wanted.push(['first_frame', firstFrame])
  if (lastFrame) wanted.push(['last_frame', lastFrame])
  for (const id of references) wanted.push(['reference', id])
  if (sourceVideo) wanted.push(['source_video', sourceVideo])
  for (const id of sources) wanted.push(['source', id])
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
  return {
    role,
    contentType: 'image/png',
    fileName: id,
    read,
    writeTo: () => Promise.reject(gone(id)),
  }
}

/** It does not come back: nothing is made of it. */
function gone(id: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('edits.sourceGone'),
    logMessage: `the input ${id} is not there any more`,
  })
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
    async writeTo(path) {
      const object = await storage.get(storageKey)
      if (!object) throw gone(storageKey)
      await pipeline(object.read(), createWriteStream(path))
    },
  }
}
