import { z } from 'zod'
import { basePathRule, readBasePath } from '#lib/contract/calls/base-path'

// The values that settings have, and what is wrong with others: in words that follow the setting's name.

/** A switch that is on or off where nothing is said. */
const flagFrom = (usual: 'on' | 'off') =>
  z
    .enum(['on', 'off'], { error: 'give on or off' })
    .default(usual)
    .transform((value) => value === 'on')

export const flag = flagFrom('on')
export const flagOff = flagFrom('off')

const units = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const

/** `500 MB`, `2GB`, or bytes. */
export const size = z
  .string()
  .regex(/^\d+(\.\d+)? *([kmgt]?b)?$/i, 'give a size, as 500 MB or 2 GB')
  .transform((text) => {
    const [, amount, unit = ''] = /^([\d.]+) *(\w*)$/.exec(text)!
    return Math.round(
      Number(amount) * units[unit.toUpperCase().replace(/^B$/, '') as keyof typeof units],
    )
  })

export const webAddress = z
  .url({ protocol: /^https?$/, error: 'give an http(s) address' })
  .transform((address) => address.replace(/\/+$/, ''))

/** As browsers write it: in lower case, without the dot that a full name may end with. */
function plainName(name: string) {
  const address = `http://${name}`
  return (URL.canParse(address) ? new URL(address).hostname : name.toLowerCase()).replace(/\.$/, '')
}
// Line breaks end up in files that are read by lines: PostgreSQL refuses them.
export const controlCharacter = /\p{Cc}/u

export const hostNames = z
  .string()
  .regex(
    /^(?:[\w.-]+|\[[\da-f:.]+\])(?: *, *(?:[\w.-]+|\[[\da-f:.]+\]))*$/i,
    'give host names without ports, with commas between them',
  )
  .transform((names) => names.split(/ *, */).map(plainName))
  .default([])

/** Sites, as browsers name them in `Origin`. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every((one) => /^https?:\/\/[^/?#@\s]+\/?$/i.test(one) && URL.canParse(one)),
    'give addresses without a path, as https://app.example.com, with commas between them',
  )
  .transform((all) => all.map((one) => new URL(one).origin))
  .default([])

/** How wide the limits are: 1 as they are in the table, 0 for none. */
export const rateLimits = z
  .union(
    [
      z.literal('default').transform(() => 1),
      z.literal('off').transform(() => 0),
      z.coerce.number().min(0.1).max(1000),
    ],
    { error: 'give default, off, or a factor from 0.1 to 1000' },
  )
  .default(1)

export const pathPrefix = z
  .string()
  .refine((path) => readBasePath(path) !== undefined, basePathRule)
  .transform((path) => readBasePath(path) ?? '')
  .default('')

/** What a password does to an address when it is not encoded: the rest of it is read as something else. */
export function isReadableAddress(address: string) {
  if (!URL.canParse(address)) return /^postgres(ql)?:\/\/(?:[^/?#@]*@)?\/[^@#]*$/.test(address)
  const { username, password, pathname, search, hash } = new URL(address)
  const isCut = hash !== '' || address.includes('#') || (search.includes('@') && pathname === '')
  return !isCut && !pathname.includes('@') && isDecodable(username) && isDecodable(password)
}

function isDecodable(text: string) {
  try {
    decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'))
    return true
  } catch {
    return false
  }
}

export const encodedCharacters =
  'cannot be read. In its user and password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25'

/** `1.2`, or `1.2,kling-3=1.5`: what users pay for a dollar of cost, in millionths; for all models and for single ones. */
export const priceFactor = z
  .string()
  .regex(
    /^(?:\d+(?:\.\d+)?|[\w.-]+ *= *\d+(?:\.\d+)?)(?: *, *[\w.-]+ *= *\d+(?:\.\d+)?)*$/,
    'give a factor, as 1.2, and those of single models behind it: 1.2,kling-3=1.5',
  )
  .default('1')
  .transform((text) => {
    const parts = text.split(/ *, */).map((part) => part.split(/ *= */))
    const millionths = (factor: string) => Math.round(Number(factor) * 1_000_000)
    const named = parts.filter(([, factor]) => factor !== undefined)
    return {
      all: millionths(parts.find(([, factor]) => factor === undefined)?.[0] ?? '1'),
      byModel: Object.fromEntries(named.map(([model, factor]) => [model!, millionths(factor!)])),
    }
  })
  .refine(
    ({ all, byModel }) =>
      [all, ...Object.values(byModel)].every((one) => one > 0 && one <= 100_000_000),
    'give factors above 0, up to 100',
  )

export const dollars = z.coerce.number({ error: 'give dollars' }).min(0).max(1_000_000)

export const atLeastOne = z.coerce.number({ error: 'give a whole number from 1' }).int().min(1)

const botTokenForm = '\\d{1,20}:[\\w-]{3,}'

/** As BotFather gives it. */
export const botToken = z
  .string()
  .regex(new RegExp(`^${botTokenForm}$`), 'give the token that BotFather shows, as 123456:ABC…')

/** `main=123:ABC,second=456:DEF`: the tokens of several bots by the names the studio knows them by. */
export const botTokens = z
  .string()
  .regex(
    new RegExp(`^[\\w-]{1,64} *= *${botTokenForm}(?: *, *[\\w-]{1,64} *= *${botTokenForm})*$`),
    'give names with tokens, and commas between them: main=123456:ABC,second=456789:DEF',
  )
  .transform((text) => text.split(/ *, */).map((one) => one.split(/ *= */) as [string, string]))
  .refine(
    (bots) =>
      new Set(bots.map(([name]) => name)).size === bots.length &&
      new Set(bots.map(([, token]) => token)).size === bots.length,
    'give each bot once',
  )
