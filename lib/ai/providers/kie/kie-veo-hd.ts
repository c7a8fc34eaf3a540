import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { type KieAccount, requestEnvelope } from './kie-envelope.ts'
import { readUrls } from './read-urls.ts'

const hdSchema = z.object({
  resultUrl: z.unknown().optional(),
  resultUrls: z.unknown().optional(),
})

/**
 * The address of a Veo task's 1080p version; undefined where there is none to be had now. "Not ready" comes as 400 or
 * 422, and so can success: only an address counts, and a look that failed is one without.
 */
export async function findHdUrl(
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<string | undefined> {
  const query = `taskId=${encodeURIComponent(taskId)}&index=0`
  const url = `${account.baseUrl}/api/v1/veo/get-1080p-video?${query}`
  try {
    const { data } = await requestEnvelope(url, {}, account, context)
    const found = hdSchema.safeParse(data).data
    return readUrls(found?.resultUrl)[0] ?? readUrls(found?.resultUrls)[0]
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}
