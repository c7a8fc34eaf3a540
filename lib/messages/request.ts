import { getRequestConfig } from 'next-intl/server'
import { headers } from 'next/headers'
import { localeOf } from './locales.ts'
import { messagesOf } from './translate.ts'

/** The language of a page, and its messages. */
export default getRequestConfig(async () => {
  const locale = localeOf(await headers())
  return { locale, messages: messagesOf(locale), timeZone: 'UTC' }
})
