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
  'notices',
  'organizations',
  // Said by the server.
  'people',
  'usage',
  'welcome',
] as const

/** In answers of the server and in chats, on no page. */
const ofServer = ['api', 'promptParts', 'telegram'] as const

/** Of the reference alone. */
const ofReference = ['apiDocs'] as const

/** Of the canvases alone. */
const ofCanvas = ['canvas', 'canvasChange', 'canvasList', 'canvasNodes', 'canvasRun'] as const

/** Every page but those around accounts does without their words, which are a third of all. */
export function wordsOfStudio() {
  return wordsWithout([...ofPeople, ...ofServer, ...ofReference, ...ofCanvas])
}

async function wordsWithout(groups: readonly string[]) {
  const messages = Object.entries(await getMessages()).filter(([group]) => !groups.includes(group))
  return Object.fromEntries(messages) as Awaited<ReturnType<typeof getMessages>>
}

/** Pages around accounts, with their words. */
export async function PeopleWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords
      locale={await getLocale()}
      messages={await wordsWithout([...ofServer, ...ofReference, ...ofCanvas])}
    >
      {children}
    </MoreWords>
  )
}

/** The reference of the API, with its words. */
export async function ReferenceWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords
      locale={await getLocale()}
      messages={await wordsWithout([...ofPeople, ...ofServer, ...ofCanvas])}
    >
      {children}
    </MoreWords>
  )
}

/** The canvases, with their words. */
export async function CanvasWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords
      locale={await getLocale()}
      messages={await wordsWithout([...ofPeople, ...ofServer, ...ofReference])}
    >
      {children}
    </MoreWords>
  )
}
