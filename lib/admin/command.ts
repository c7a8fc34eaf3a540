import { openBeside } from '../db/embedded/open-beside.ts'
import { env } from '../env.ts'
import { moneyCommands } from '../money/commands.ts'
import { keyCommands } from './key-commands.ts'
import { type Command, peopleCommands } from './people-commands.ts'

// Run by `npm run admin -- <command>`.

const commands: Command[] = [...peopleCommands, ...keyCommands, ...moneyCommands]

interface Surroundings {
  signal: AbortSignal
  print: (text: string) => void
}

/** Does what the words say and prints what came of it. Throws what the operator is to be told. */
export async function runCommand(words: string[], { signal, print }: Surroundings) {
  const found = commands.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
  if (!found) throw new Error(usage(commands))
  const { DATA_DIR: dataFolder, DATABASE_URL: databaseUrl } = env()
  const close = await openBeside({ dataFolder, databaseUrl, signal })
  try {
    const lines = await found.run(words.slice(found.name.split(' ').length))
    if (!lines) throw new Error(usage([found]))
    print(`${lines.join('\n')}\n`)
  } finally {
    await close()
  }
}

function usage(some: Command[]) {
  const lines = some.map(({ name, takes }) => `  npm run admin -- ${name} ${takes}`.trimEnd())
  return ['The commands are:', ...lines].join('\n')
}

async function main() {
  const ended = new AbortController()
  for (const ending of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'disconnect'])
    process.on(ending, () => ended.abort(new Error('Stopped before it was done.')))
  const print = (text: string) => process.stdout.write(text)
  await runCommand(process.argv.slice(2), { signal: ended.signal, print })
}

if (import.meta.main)
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    },
  )
