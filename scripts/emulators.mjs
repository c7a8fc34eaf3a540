import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { build, endWithNpm, environment, install, node, passOnSignals, root } from './prepare.mjs'

// `npm run emulators`: installs, builds, starts an emulator of every provider and the product configured for them. With
// `-- --payments` one of Stripe too, and starts need a balance.

try {
  await install()
  const BASE_PATH = await build()
  const emulators = start('tests/emulators/run-emulators.ts', { BASE_PATH }, [
    'ignore',
    'pipe',
    'inherit',
    'ipc',
  ])
  const [line] = await Promise.race([
    once(createInterface(emulators.stdout), 'line'),
    once(emulators, 'close').then(() => Promise.reject(new Error('The emulators ended.'))),
  ])
  const port = process.env.PORT ?? '3000'
  const variables = {
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: '.data/emulators',
    ACCESS: 'open',
  }
  const server = start(
    'server.ts',
    { ...variables, ...JSON.parse(line), ...process.env, BASE_PATH },
    ['inherit', 'inherit', 'inherit', 'ipc'],
  )
  passOnSignals(server)
  endWithNpm(() => server.kill('SIGTERM'))
  await once(server, 'close')
  emulators.kill()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

/** With a channel that closes when we end, also where we are killed: then it ends as on SIGTERM. */
function start(script, variables, stdio) {
  const env = environment({ NODE_ENV: 'production', ...variables })
  return spawn(node, [join(root, script), ...process.argv.slice(2)], { cwd: root, stdio, env })
}

function once(emitter, event) {
  return new Promise((resolve, reject) => {
    emitter.once(event, (...values) => resolve(values))
    emitter.once('error', reject)
  })
}
