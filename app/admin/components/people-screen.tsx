'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import useSWRInfinite from 'swr/infinite'
import { Button } from '#components/ui/button'
import { TextInput } from '#components/ui/form/text-field'
import { LiveRegion } from '#components/ui/live-region'
import { readPeople } from '#lib/ai/api/people/admin'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import type { PeoplePage } from '#lib/contract/people/admin'
import { ProblemError } from '#lib/contract/problem'
import { RowsLoading, Section, rowsStyle } from '../../people/section-page.tsx'
import { useDoing } from '../../people/use-doing.ts'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { PersonRow } from './person-row.tsx'

/** Everyone with an account, a page at a time, newest first. */
export function PeopleScreen() {
  const t = useTranslations()
  const doing = useDoing()
  const [search, setSearch] = useState('')
  const people = usePeople(useDeferredValue(search.trim()))
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
      {people.error && (
        <LoadProblem
          title={t('account.loadFailed')}
          problem={people.error}
          onRetry={people.reload}
        />
      )}
      {!people.list && !people.error && <RowsLoading label={t('account.loading')} />}
      {people.list?.length === 0 && <p className="text-sm text-soft">{t('admin.people.none')}</p>}
      {people.list && people.list.length > 0 && (
        <ul aria-label={t('admin.people.title')} className={rowsStyle}>
          {people.list.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              viewer={account?.user ?? undefined}
              doing={doing}
              onChange={people.reload}
            />
          ))}
        </ul>
      )}
      {people.hasMore && (
        <Button className="mt-5" aria-disabled={people.isLoading} onClick={people.loadMore}>
          {t('admin.more')}
        </Button>
      )}
      <LiveRegion announcement={doing.announcement} />
    </Section>
  )
}

function usePeople(search: string) {
  const { data, error, isLoading, setSize, mutate } = useSWRInfinite(
    (_index: number, previous: PeoplePage | null) =>
      previous && previous.nextCursor === null
        ? null
        : (['people', search, previous?.nextCursor ?? null] as const),
    ([, words, cursor]) => readPeople(words, cursor),
    { keepPreviousData: true },
  )
  return {
    list: data?.flatMap((page) => page.people),
    error: error instanceof ProblemError ? error.problem : undefined,
    isLoading,
    hasMore: data?.at(-1)?.nextCursor != null,
    loadMore: () => void setSize((size) => size + 1),
    reload: async () => void (await mutate()),
  }
}
