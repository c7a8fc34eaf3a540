import { z } from 'zod'
import { inputUnreadable } from '../failures.ts'
import type { InputRole, ProviderContext, ProviderInput } from '../provider.ts'
import { kieLabel } from './kie-error.ts'
import { type KieAccount, requestKie } from './kie-wire.ts'

/** A picture or film as Kie can fetch it. */
export interface UploadedInput {
  role: InputRole
  url: string
}

const uploadSchema = z.object({ downloadUrl: z.string().min(1) })

/** Uploads pictures and films to Kie, which keeps them for about a day. Free, so it may be repeated. */
export async function uploadInputs(
  inputs: readonly ProviderInput[],
  account: KieAccount,
  context: ProviderContext,
): Promise<UploadedInput[]> {
  const uploaded: UploadedInput[] = []
  for (const input of inputs)
    uploaded.push({ role: input.role, url: await upload(input, account, context) })
  return uploaded
}

async function upload(input: ProviderInput, account: KieAccount, context: ProviderContext) {
  const bytes = await input.read().catch((error: unknown) => {
    throw inputUnreadable(kieLabel, error)
  })
  const body = new FormData()
  body.set('file', new Blob([bytes], { type: input.contentType }), input.fileName)
  body.set('uploadPath', 'photofinish')
  body.set('fileName', input.fileName)
  const url = `${account.uploadUrl}/api/file-stream-upload`
  const call = { method: 'POST', body, timeoutMs: 120_000 } as const
  return (await requestKie(uploadSchema, url, call, account, context)).downloadUrl
}

/** The addresses of all inputs with one of these roles, in the order of the roles. */
export function urlsOf(inputs: readonly UploadedInput[], ...roles: InputRole[]): string[] {
  return roles.flatMap((role) =>
    inputs.filter((input) => input.role === role).map(({ url }) => url),
  )
}
