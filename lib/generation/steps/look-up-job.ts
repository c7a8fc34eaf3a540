import type { Provider, ProviderContext } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'
import { requestOf } from './request-of.ts'

/** An attempt as far as it helps to find its job. */
export interface Clue {
  token: string
  /** What the provider calls the job, where a callback or the provider itself has said so. */
  reference: string | undefined
  /** The provider's own name of the model. */
  model?: string
}

/** The job of an attempt; null where it is proven that there is none, undefined where nobody can tell. */
export async function lookUpJob(
  provider: Provider,
  { token, reference, model }: Clue,
  row: FileRow,
  context: ProviderContext,
) {
  if (provider.find) return provider.find(token, context)
  const request = { ...requestOf(row), ...(model && { model }) }
  const adopted = reference && (await provider.adopt?.(reference, request, context))
  return adopted ? { ...adopted, reference } : undefined
}
