import { env } from '../../env.ts'

// Which bots there are; what they are made of is loaded where it is needed.

const onlyName = 'bot'

/** The tokens that the environment names, by the names of their bots. */
export function botTokens(): ReadonlyMap<string, string> {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_BOTS: several } = env()
  return new Map(several ?? (token === undefined ? [] : [[onlyName, token]]))
}

/** A bot that there is; the only one where none is named. */
export function botNamed(name: string | undefined): { name: string } | undefined {
  const names = [...botTokens().keys()]
  const [only] = names.length === 1 ? names : []
  const found = name === undefined ? only : names.find((one) => one === name)
  return found === undefined ? undefined : { name: found }
}
