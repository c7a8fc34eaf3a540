'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { TextInput } from '#components/ui/form/text-field'
import { LiveRegion } from '#components/ui/live-region'
import { readPeople } from '#lib/ai/api/people/admin'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import { Section, rowsStyle } from '../../people/section-page.tsx'
import { useDoing } from '../../people/use-doing.ts'
import { PagedList } from './paged-list.tsx'
import { PersonRow } from './person-row.tsx'
import { usePages } from './use-pages.ts'

/** Everyone with an account, a page at a time, newest first. */
export function PeopleScreen() {
  const t = useTranslations()
  const doing = useDoing()
  const [search, setSearch] = useState('')
  const words = useDeferredValue(search.trim())
  const list = usePages(`people ${words}`, (cursor) => readPeople(words, cursor))
  const people = list.pages?.flatMap((page) => page.people)
  const { account } = useAccountPage()
  return (
    <Section id="people-heading" title={t('admin.people.title')}>
      <TextInput
        type="search"
        aria-label={t('admin.people.search')}
        placeholder={t('admin.people.search')}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
        className="mb-5 max-w-sm"
      />
      <PagedList list={list} count={people?.length} none={t('admin.people.none')}>
        <ul aria-label={t('admin.people.title')} className={rowsStyle}>
          {people?.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              viewer={account?.user ?? undefined}
              doing={doing}
              onChange={list.reload}
            />
          ))}
        </ul>
      </PagedList>
      <LiveRegion announcement={doing.announcement} />
    </Section>
  )
}
