import { parseArgs } from 'node:util'
import { createKeyFor } from '../people/keys/key-by-hand.ts'
import type { Command } from './people-commands.ts'

export const keyCommands: Command[] = [
  {
    name: 'create-key',
    takes:
      '<email|organization> --name <name> --scopes read,generate[,admin] [--limit <dollars a month>] [--days <days>]',
    run: (words) => {
      const wish = wishOf(words)
      return wish && createKey(wish.owner, wish.body)
    },
  },
]

const options = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  limit: { type: 'string' },
  days: { type: 'string' },
} as const

/** What the words ask for; undefined where they make no sense. What is wrong in a value is for the key itself to say. */
function wishOf(words: string[]) {
  const parsed = argsOf(words)
  if (!parsed || parsed.positionals.length !== 1) return undefined
  const { name, scopes, limit, days } = parsed.values
  if (name === undefined || scopes === undefined) return undefined
  const body = {
    name,
    scopes: scopes.split(',').map((scope) => scope.trim()),
    ...(limit !== undefined && { limitUsd: Number(limit.replace(/^\$/, '') || Number.NaN) }),
    ...(days !== undefined && { days: Number(days || Number.NaN) }),
  }
  return { owner: parsed.positionals[0]!, body }
}

function argsOf(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch {
    return undefined
  }
}

/** The key is the last line: a script takes it from there. */
async function createKey(owner: string, body: object) {
  const { key, view } = await createKeyFor(owner, body)
  return [`Made (${view.id}). This is the only time the key is shown:`, key]
}
