import { resolve } from 'node:path'
import { env } from '../env.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'

// Run by `npm run backup -- <folder>` and `npm run restore -- <folder>`.

const ended = new AbortController()
for (const ending of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'disconnect'])
  process.on(ending, () => ended.abort(new Error('Stopped before it was done.')))

async function main([command, folder, ...more]: string[]) {
  if (!folder || more.length > 0 || (command !== 'backup' && command !== 'restore'))
    throw new Error(`Name one folder: npm run ${command ?? 'backup'} -- /path/of/the/backup`)
  const { DATA_DIR: dataFolder, DATABASE_URL: databaseUrl, AUTH_SECRET } = env()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const shared = { dataFolder, databaseUrl, signal: ended.signal, say }
  // The operator's working folder, not that of the product.
  const place = resolve(process.env.INIT_CWD ?? process.cwd(), folder)
  if (command === 'restore') return restore({ ...shared, source: place })
  await backUp({ ...shared, target: place })
  say(
    AUTH_SECRET
      ? 'Keep your settings too, AUTH_SECRET above all: without it every browser is a stranger.'
      : 'Your settings (.env or the environment) are not part of it: keep them too.',
  )
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
