/** The languages of the screens, the first one where a reader's is not known. */
export const locales = ['en', 'ru'] as const
export type Locale = (typeof locales)[number]

/** Remembers the language a reader chose with the switch; without it the browser's languages decide. */
export const localeCookie = 'locale'

/** What a language calls itself. */
export const localeNames: Record<Locale, string> = { en: 'English', ru: 'Русский' }

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}

/** The language of a request: the chosen one, else the first of `Accept-Language` that there is. */
export function localeOf(headers: Pick<Headers, 'get'>): Locale {
  return (
    chosenLocale(headers.get('cookie')) ??
    wantedLocale(headers.get('accept-language')) ??
    locales[0]
  )
}

/** The language chosen with the switch, out of a `Cookie` header. */
export function chosenLocale(cookies: string | null | undefined) {
  const chosen = new RegExp(`(?:^|;\\s*)${localeCookie}=([^;]*)`).exec(cookies ?? '')?.[1]?.trim()
  return isLocale(chosen) ? chosen : undefined
}

/** `ru-RU,ru;q=0.9,en;q=0.8`: by weight, at equal weight in the order given; a weight of 0 excludes. */
function wantedLocale(accepted: string | null) {
  return (accepted ?? '')
    .split(',')
    .map(readRange)
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => language)
    .find(isLocale)
}

function readRange(range: string) {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
  const weight = parameters.find((one) => /^q=/i.test(one))?.slice(2) ?? '1'
  return { language: tag.split('-')[0]!.toLowerCase(), weight: Number(weight) || 0 }
}
