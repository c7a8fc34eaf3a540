import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { install, node, root, run } from './prepare.mjs'

// `npm run admin -- <command>`: for the operator, beside a running server too.

try {
  await install()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
const settings = join(root, '.env')
const envFile = existsSync(settings) ? [`--env-file=${settings}`] : []
const env = { NODE_ENV: 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' }
const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
const command = [...envFile, join(root, 'lib/admin/command.ts'), ...process.argv.slice(2)]
// It has said why where it failed.
await run(node, command, { env, stdio }).catch(() => process.exit(1))
