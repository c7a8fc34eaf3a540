import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { install, node, root, run } from './prepare.mjs'

/** Runs a command of the operator's, with the settings of `.env`; ends the process where it failed. */
export async function runOperatorCommand(file, args) {
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
  // It has said why where it failed.
  await run(node, [...envFile, join(root, file), ...args], { env, stdio }).catch(() =>
    process.exit(1),
  )
}
