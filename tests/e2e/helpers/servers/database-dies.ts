import { expect } from '@playwright/test'
import type { AppServer } from './app-server.ts'
import { databasePid } from './data-folder.ts'
import { isAlive, signal } from './processes.ts'

const backMs = 30_000

/** Ends the database in one way, and waits until the product has another one. */
export async function databaseDies(server: AppServer, how: NodeJS.Signals) {
  const before = await databasePid(server.dataFolder)
  signal(before!, how)
  const other = async () => {
    const now = await databasePid(server.dataFolder)
    return now !== undefined && now !== before && isAlive(now)
  }
  await expect.poll(other, { timeout: backMs }).toBe(true)
  const health = async () => (await fetch(`${server.url}/health`)).status
  await expect.poll(health, { timeout: backMs }).toBe(200)
}
