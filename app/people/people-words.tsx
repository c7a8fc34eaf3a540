import { getLocale, getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MoreWords } from '../language/language.tsx'

const ofPeople = [
  'account',
  'admin',
  'adminMoney',
  'entry',
  'invitations',
  'keys',
  'organizations',
  // Said by the server.
  'people',
  'usage',
  'welcome',
] as const

/** Every page but those around accounts does without their words, which are a third of all. */
export async function wordsOfStudio() {
  const left: ReadonlySet<string> = new Set(ofPeople)
  const messages = Object.entries(await getMessages()).filter(([group]) => !left.has(group))
  return Object.fromEntries(messages) as Awaited<ReturnType<typeof getMessages>>
}

/** Pages around accounts, with their words. */
export async function PeopleWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords locale={await getLocale()} messages={await getMessages()}>
      {children}
    </MoreWords>
  )
}
