import { readFile } from 'node:fs/promises'
import type { ProviderInput, ProviderRequest } from '../../ai/providers/provider.ts'
import { isFromLastFrame } from '../../kinds/work.ts'
import { editHere } from './edit-here.ts'
import { inputsOf, requestOf } from './request.ts'
import type { StepWork } from './step.ts'

/** What a provider is asked for, inputs included: bytes on demand, out of our storage. */
export async function requestFor(work: StepWork): Promise<ProviderRequest> {
  const { row, deps } = work
  const inputs = await inputsOf(row, deps.storage)
  const ofWork = row.settings.work && (await inputsOfWork(work, inputs))
  return { ...requestOf(row), inputs: ofWork ?? inputs }
}

/** A new video begins with the last frame of its source; a provider has the source of a job of its own already. */
async function inputsOfWork(
  work: StepWork,
  sources: readonly ProviderInput[],
): Promise<ProviderInput[]> {
  if (!isFromLastFrame(work.row.settings)) return []
  const bytes = await readLastFrame(work, sources)
  return [
    {
      role: 'first_frame',
      contentType: 'image/png',
      fileName: `${work.row.id}.png`,
      read: async () => bytes,
    },
  ]
}

/** As a PNG. */
async function readLastFrame(work: StepWork, sources: readonly ProviderInput[]) {
  const edit = { operation: 'frame', at: 'last' } as const
  const frame = await editHere(work, `${work.row.id}.frame`, edit, sources)
  const bytes = new Uint8Array(await readFile(frame.path))
  await frame.release()
  return bytes
}
