import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionOf } from '../people/session.ts'

/** Points the product at a data folder of its own; before anything reads the environment. */
export function useDataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'photofinish-http-'))
  process.env.DATA_DIR = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A browser with a session of its own: who it is, and its requests. */
export async function aVisitor() {
  const welcome = await sessionOf(new Request('http://localhost/'))
  const cookie = welcome.setCookies.map((one) => one.split(';')[0]).join('; ')
  return {
    ownerId: welcome.ownerId,
    request: (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookie)
      return new Request(`http://localhost${path}`, { ...init, headers })
    },
  }
}
