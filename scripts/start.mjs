import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, envFile, environment, install, node, root } from './prepare.mjs'

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
  // The terminal sends Ctrl+C to both of us; a service manager sends SIGTERM to us alone, or to both.
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => signal !== 'SIGINT' && server.kill('SIGTERM'))
  endWithNpm(() => server.kill('SIGTERM'))
  server.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)))
}

/** npm's shell does not pass signals on: with it gone we have another parent, and no signal reaches us. */
function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    end()
  }, 500)
  look.unref()
}
