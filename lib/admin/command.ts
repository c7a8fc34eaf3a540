import { openBeside } from '../db/embedded/open-beside.ts'
import { env } from '../env.ts'
import { moneyCommands } from '../money/commands.ts'
import { keyCommands } from './key-commands.ts'
import { type Command, peopleCommands } from './people-commands.ts'

// Run by `npm run admin -- <command>`.

const commands: Command[] = [...peopleCommands, ...keyCommands, ...moneyCommands]

const ended = new AbortController()
for (const ending of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'disconnect'])
  process.on(ending, () => ended.abort(new Error('Stopped before it was done.')))

async function main(words: string[]) {
  const found = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
  if (!found) throw new Error(usage(commands))
  const { DATA_DIR: dataFolder, DATABASE_URL: databaseUrl } = env()
  const close = await openBeside({ dataFolder, databaseUrl, signal: ended.signal })
  try {
    const lines = await found.run(words.slice(found.name.split(' ').length))
    if (!lines) throw new Error(usage([found]))
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    await close()
  }
}

function usage(some: Command[]) {
  const lines = some.map(({ name, takes }) => `  npm run admin -- ${name} ${takes}`.trimEnd())
  return ['The commands are:', ...lines].join('\n')
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
