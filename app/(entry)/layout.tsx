import type { ReactNode } from 'react'
import { PeopleWords } from '../people/people-words.tsx'

/** The ways into the studio. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return <PeopleWords>{children}</PeopleWords>
}
