import { type APIRequestContext, expect } from '@playwright/test'
import { isFinal } from '#lib/contract/file-view'
import { readClip } from './clips.ts'
import { renderPids } from './servers/data-folder.ts'
import { isAlive, signal } from './servers/processes.ts'

/** Kills the render child that works in a data directory, as the system does when memory is short. Once it has one. */
export async function killRender(dataFolder: string) {
  await expect.poll(async () => (await livingRenders(dataFolder)).length).toBeGreaterThan(0)
  for (const pid of await livingRenders(dataFolder)) signal(pid, 'SIGKILL')
}

/** Kills every render child there is until the video has come to an end. */
export async function killRendersUntilFinal(
  request: APIRequestContext,
  dataFolder: string,
  fileId: string,
) {
  const kill = async () => {
    for (const pid of await livingRenders(dataFolder)) signal(pid, 'SIGKILL')
    return isFinal(await readClip(request, fileId))
  }
  await expect.poll(kill, { intervals: [20] }).toBe(true)
}

async function livingRenders(dataFolder: string) {
  return (await renderPids(dataFolder)).filter(isAlive)
}
