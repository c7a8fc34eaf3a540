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
    return { state: 'down', message: 'The working directory of the demo renderer is not writable.' }
  }
  try {
    await access(scriptPath, constants.R_OK)
  } catch {
    return { state: 'down', message: 'The script of the demo renderer is missing.' }
  }
  return { state: 'ok' }
}
