import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { type MessageRef } from '#lib/messages/message'
import type { ProviderHealth } from '../provider.ts'

/** What is said where a child could not begin. */
interface Words {
  notWritable: MessageRef
  noScript: MessageRef
}

/** Ok where a child could begin now: the directory can be written to and the child's script is there. */
export async function checkFolderHealth(
  directory: string,
  scriptPath: string,
  { notWritable, noScript }: Words,
): Promise<ProviderHealth> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.W_OK)
  } catch {
    return { state: 'down', message: notWritable }
  }
  try {
    await access(scriptPath, constants.R_OK)
  } catch {
    return { state: 'down', message: noScript }
  }
  return { state: 'ok' }
}
