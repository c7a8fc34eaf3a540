import type { Locale } from './locales.ts'

const units = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', B: 'B', KB: 'KB', MB: 'MB', GB: 'GB', free: 'free' },
  ru: {
    ms: 'мс',
    s: 'с',
    min: 'мин',
    h: 'ч',
    B: 'Б',
    KB: 'КБ',
    MB: 'МБ',
    GB: 'ГБ',
    free: 'бесплатно',
  },
} as const
type Unit = Exclude<keyof (typeof units)['en'], 'free'>

const dayMs = 24 * 60 * 60 * 1000

/** How a language writes numbers, money, durations, sizes, moments and lists. */
export type Format = ReturnType<typeof makeFormat>

const made = new Map<Locale, Format>()

export function formatOf(locale: Locale): Format {
  const format = made.get(locale) ?? makeFormat(locale)
  made.set(locale, format)
  return format
}

/** Writes numbers; what writes those of so many places is made once, which takes longer than the writing. */
function numbersOf(tag: string) {
  const made = new Map<string, Intl.NumberFormat>()
  return (value: number, places = 0, fewest = 0) => {
    const key = `${places} ${fewest}`
    const options = { maximumFractionDigits: places, minimumFractionDigits: fewest }
    const format = made.get(key) ?? new Intl.NumberFormat(tag, options)
    made.set(key, format)
    return format.format(value)
  }
}

function makeFormat(locale: Locale) {
  const names = units[locale]
  const tag = locale === 'en' ? 'en-GB' : locale
  // Between a number and its unit; in Russian a line never breaks there.
  const gap = locale === 'en' ? ' ' : '\u00a0'
  const number = numbersOf(tag)
  const measure = (value: string, unit: Unit) => `${value}${gap}${names[unit]}`
  const { money, balance } = dollarsOf(number)
  const both = (large: number, largeUnit: Unit, small: number, smallUnit: Unit) => {
    const first = measure(number(large), largeUnit)
    return small ? `${first}${gap}${measure(number(small), smallUnit)}` : first
  }
  return {
    number,

    money,

    balance,

    /** `free`, `$0.40`: what something costs, as a label. */
    usd(usd: number) {
      return usd === 0 ? names.free : money(usd)
    },

    /** `640 B`, `12 KB`, `1.2 MB`. */
    bytes(bytes: number) {
      if (bytes < 1000) return measure(number(bytes), 'B')
      if (bytes < 999_500) return measure(number(bytes / 1000), 'KB')
      const megabytes = bytes / 1_000_000
      if (megabytes >= 999.5) return measure(number(megabytes / 1000, 1), 'GB')
      return measure(megabytes < 99.5 ? number(megabytes, 1, 1) : number(megabytes), 'MB')
    },

    /** `97 %`; 0 % and 100 % only for exactly none and all. */
    rate(rate: number) {
      const percent = Math.round(rate * 100)
      const shown = rate > 0 && rate < 1 ? Math.min(99, Math.max(1, percent)) : percent
      return `${number(shown)}${gap}%`
    },

    /** `40 ms`, `0.2 s`, `41 s`, `3 min 5 s`, `2 h 4 min`: a duration in words, rounded more the longer it is. */
    span(seconds: number) {
      if (seconds < 0.095) return measure(number(Math.max(0, seconds) * 1000), 'ms')
      if (seconds < 9.95) return measure(number(seconds, 1), 's')
      const whole = Math.round(seconds)
      if (whole < 60) return measure(number(whole), 's')
      if (whole < 3600) return both(Math.floor(whole / 60), 'min', whole % 60, 's')
      return both(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min')
    },

    ...datesOf(tag),

    /** `a`, `a and b`, `a, b and c`. */
    list(words: readonly string[], link: 'and' | 'or' = 'and') {
      const type = link === 'and' ? 'conjunction' : 'disjunction'
      return new Intl.ListFormat(tag, { type }).format(words)
    },
  }
}

function dollarsOf(number: (value: number, places: number, fewest: number) => string) {
  const dollars = (usd: number, round: (units: number) => number) => {
    // More places only where cents are too coarse.
    const places = usd > 0 && usd < 0.01 ? 1 - Math.floor(Math.log10(usd)) : 2
    // What is left of a millionth is no amount: sums of dollars are not exact.
    const shown = round(Number((usd * 10 ** places).toFixed(5))) / 10 ** places
    return `$${number(shown, places, 2)}`
  }
  return {
    /**
     * `$0.00`, `$0.40`, `$0.004`: a price. Rounded up: never less than what may be charged, and the same wherever it is
     * written.
     */
    money: (usd: number) => dollars(usd, Math.ceil),

    /** The same for what a user has, or gets back. Rounded down: never more than there is. */
    balance: (usd: number) => dollars(usd, Math.floor),
  }
}

function datesOf(tag: string) {
  return {
    /** `14:05` within the last or next half day, `21 Nov, 14:05` beyond. */
    moment(iso: string, nowMs: number) {
      const moment = new Date(iso)
      const isNear = Math.abs(moment.getTime() - nowMs) < dayMs / 2
      const day = { day: 'numeric', month: 'short' } as const
      const time = { hour: '2-digit', minute: '2-digit' } as const
      return moment.toLocaleString(tag, { ...(isNear ? {} : day), ...time })
    },

    /** `14:05:07`. */
    time(iso: string) {
      return new Date(iso).toLocaleTimeString(tag)
    },

    /** `21 Nov 2026, 14:05:07`: for looking a moment up elsewhere. */
    timestamp(iso: string) {
      return new Date(iso).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'medium' })
    },

    /** `24 September 2026`, of an ISO date. */
    date(iso: string) {
      const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
      // Russian adds an abbreviated year, whose full stop would meet that of the sentence.
      return new Date(iso).toLocaleDateString(tag, date).replace(/\sг\.$/, '')
    },
  }
}

/** `0:07.4`, `12:05.0`: a running clock with tenths. */
export function formatClock(seconds: number) {
  const tenths = Math.max(0, Math.floor(seconds * 10 + 1e-6))
  return `${formatTimecode(Math.floor(tenths / 10))}.${tenths % 10}`
}

/** `0:07`, `12:05`, `1:00:00`: whole seconds as a player writes them. */
export function formatTimecode(seconds: number) {
  const whole = Math.max(0, Math.round(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  const tail = String(whole % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

/** The seconds from one ISO time to another, or to a moment in milliseconds; never below zero. */
export function secondsBetween(from: string, to: string | number) {
  const end = typeof to === 'string' ? Date.parse(to) : to
  return Math.max(0, (end - Date.parse(from)) / 1000)
}
