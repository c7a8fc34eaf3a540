import type { ReactNode } from 'react'
import { titlesOfPages } from '../page-titles.ts'
import { PeopleWords } from '../people/people-words.tsx'

export const metadata = titlesOfPages

/** The ways into the studio. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <PeopleWords>{children}</PeopleWords>
}
