import { useDatabase } from '#lib/db/client'
import { answerInngest } from '#lib/doors/inngest/answer'
import { generate } from '#lib/doors/openjourney/generate'
import { status } from '#lib/doors/openjourney/status'
import { startWorker } from '#lib/generations/engine/worker'
import { startQueue } from '#lib/jobs/queue'
import { usePace } from '#lib/pace'
import { serveRoute } from '../support/serve-route.ts'
import type { StudioOrder } from './killable-studio.ts'

// Run by killable-studio.ts: the doors for programs and a worker in a process that may be killed at any moment. Says
// `ready` once it can be asked.

const { databaseUrl, port }: StudioOrder = JSON.parse(process.argv[2]!)
usePace('{"sweepMs":500,"leaseMs":2000}')
useDatabase(databaseUrl)
await startQueue()

function route(request: Request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/api/inngest') return answerInngest(request)
  if (pathname === '/api/openjourney/generate') return generate(request)
  const [, taskId] = /^\/api\/openjourney\/status\/(\w+)$/.exec(pathname) ?? []
  return taskId ? status(request, taskId) : Promise.resolve(new Response(null, { status: 404 }))
}

await serveRoute(route, port)
await startWorker()
process.stdout.write('ready\n')
