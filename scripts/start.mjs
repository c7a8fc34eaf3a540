import { spawn } from 'node:child_process'
import { join } from 'node:path'
import {
  build,
  endWithNpm,
  envFile,
  environment,
  install,
  node,
  passOnSignals,
  root,
} from './prepare.mjs'

// `npm start`: installs, builds and serves; each only where it is needed. `--dev` serves for developers,
// `--worker-only` runs a separate worker process.

const flags = process.argv.slice(2)
const isDev = flags.includes('--dev')

try {
  await install()
  if (!isDev && !flags.includes('--worker-only')) await build()
  serve()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

function serve() {
  const args = [...envFile(), join(root, 'server.ts'), ...flags]
  const env = environment({ NODE_ENV: isDev ? 'development' : 'production' })
  // The channel closes when we end, also where we are killed: then the server ends as on SIGTERM.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const server = spawn(node, args, { cwd: root, stdio, env })
  passOnSignals(server)
  endWithNpm(() => server.kill('SIGTERM'))
  server.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)))
}
