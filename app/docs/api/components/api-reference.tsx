'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react'
import { TextInput } from '#components/ui/form/text-field'
import { useApiDocument } from '#lib/ai/api/reads/use-api-document'
import { type ApiDocument, isFound, operationsOf } from '#lib/contract/api/reference'
import { withBasePath } from '#lib/contract/calls/base-path'
import { LoadProblem } from '../../../status/components/load-problem.tsx'
import { RoomPage } from '../../../room-page.tsx'
import { ErrorCodes } from './error-codes.tsx'
import { OperationList } from './operation-list.tsx'
import { Schemas } from './schemas.tsx'

/** The reference of the API, made from its own OpenAPI document. */
export function ApiReference() {
  const t = useTranslations('apiDocs')
  const { document, error, reload } = useApiDocument(useLocale())
  return (
    <RoomPage room={null}>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 max-w-prose text-pretty text-soft">
        {document ? document.info.description : t('lead')}
      </p>
      <p className="mt-3 text-sm">
        <a href={withBasePath('/api/openapi.json')} className={linkStyle}>
          {t('document')}
        </a>
      </p>
      {error && !document && (
        <div className="mt-8">
          <LoadProblem title={t('failed')} problem={error} onRetry={reload} />
        </div>
      )}
      {!document && !error && <ReferenceLoading />}
      {document && <Reference document={document} />}
    </RoomPage>
  )
}

function Reference({ document }: { document: ApiDocument }) {
  const t = useTranslations('apiDocs')
  const searchId = useId()
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query.trim())
  const operations = useMemo(() => operationsOf(document), [document])
  const found = useMemo(
    () => operations.filter((one) => isFound(asked, one, document)),
    [operations, asked, document],
  )
  useEffect(goToAddress, [])
  return (
    <>
      <div className="mt-8 max-w-md">
        <label htmlFor={searchId} className="mb-1.5 block text-sm text-soft">
          {t('search')}
        </label>
        <TextInput
          id={searchId}
          type="search"
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <output htmlFor={searchId} className="mt-1.5 block min-h-5 text-sm text-soft">
          {found.length > 0
            ? t('matches', { count: found.length })
            : t('noMatch', { query: asked })}
        </output>
      </div>
      <div className="mt-8 grid gap-x-12 gap-y-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <Navigation document={document} found={found} />
        <div className="min-w-0">
          <OperationList operations={found} document={document} />
          {asked === '' && (
            <>
              <Schemas document={document} />
              <ErrorCodes document={document} />
            </>
          )}
        </div>
      </div>
    </>
  )
}

interface NavigationProps {
  document: ApiDocument
  found: ReturnType<typeof operationsOf>
}

function Navigation({ document, found }: NavigationProps) {
  const t = useTranslations('apiDocs')
  const groups = document.tags
    .map((tag) => ({ ...tag, inside: found.filter((one) => one.tag === tag.name) }))
    .filter(({ inside }) => inside.length > 0)
  return (
    <nav
      aria-label={t('requests')}
      className="lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto"
    >
      {groups.map(({ name, description, inside }) => (
        <div key={name} className="mb-5">
          <h2 className="mb-1 text-sm font-semibold">{description}</h2>
          <ul className="flex flex-wrap gap-x-4 lg:block">
            {inside.map(({ id }) => (
              <li key={id}>
                <a href={`#${id}`} className={navigationStyle}>
                  {id}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The browser has looked for the place of a deep link before there was any. */
function goToAddress() {
  const id = decodeURIComponent(window.location.hash.slice(1))
  if (id) document.getElementById(id)?.scrollIntoView()
}

function ReferenceLoading() {
  const t = useTranslations('apiDocs')
  return (
    <div className="mt-8">
      <p className="sr-only">{t('loading')}</p>
      {['a', 'b', 'c'].map((key) => (
        <span key={key} className="unexposed mb-3 block h-24 rounded-sm" />
      ))}
    </div>
  )
}

const linkStyle = 'underline underline-offset-4 hover:text-signal-ink'
const navigationStyle =
  'flex min-h-8 items-center font-mono text-sm text-soft hover:text-ink hover:underline touch:min-h-11'
