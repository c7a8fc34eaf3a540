import { message } from '#lib/messages/message'
import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import type { ProviderHealth } from '../provider.ts'

/** Ok where a render could begin now: the directory can be written to and the child's script is there. */
export async function checkLocalHealth(
  directory: string,
  scriptPath: string,
): Promise<ProviderHealth> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK)
  } catch {
    return { state: 'down', message: message('provider.localNotWritable') }
  }
  try {
    await access(scriptPath, constants.R_OK)
  } catch {
    return { state: 'down', message: message('provider.localNoScript') }
  }
  return { state: 'ok' }
}
