import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const timeoutMs = 120_000

/** Builds a Next app of one route that answers the given JSON and does nothing else; answers its folder. */
export async function buildBareNext(json: string) {
  // Within the project, where `next` and `react` are found.
  const folder = join(process.cwd(), '.data/bench/bare-next')
  const route = join(folder, 'app/nothing')
  await mkdir(route, { recursive: true })
  await writeFile(join(folder, 'next.config.mjs'), config)
  await writeFile(join(route, 'route.js'), routeSource(json))
  const next = join(process.cwd(), 'node_modules/next/dist/bin/next')
  await run(process.execPath, [next, 'build', folder], { timeout: timeoutMs })
  return folder
}

const config = `export default {
  poweredByHeader: false,
  turbopack: { root: ${JSON.stringify(process.cwd())} },
}
`

function routeSource(json: string) {
  return `export const dynamic = 'force-dynamic'
const json = ${JSON.stringify(json)}
const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-store' }
export function GET() {
  return new Response(json, { headers })
}
`
}
