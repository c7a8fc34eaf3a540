'use client'

import { useTranslations } from 'next-intl'
import { readOrganizations } from '#lib/ai/api/people/admin'
import { useFormat } from '#lib/messages/use-say'
import { Section, rowStyle, rowsStyle } from '../../people/section-page.tsx'
import { PagedList } from './paged-list.tsx'
import { usePages } from './use-pages.ts'

/** The organizations of the installation. Their own owners look after them. */
export function OrganizationsScreen() {
  const t = useTranslations()
  const { date } = useFormat()
  const list = usePages('every organization', readOrganizations)
  const organizations = list.pages?.flatMap((page) => page.organizations)
  return (
    <Section id="organizations-heading" title={t('organizations.title')}>
      <PagedList list={list} count={organizations?.length} none={t('admin.organizations.none')}>
        <ul aria-label={t('organizations.title')} className={rowsStyle}>
          {organizations?.map(({ id, name, members, createdAt }) => (
            <li key={id} className={rowStyle}>
              <p dir="auto" className="min-w-0 flex-1 basis-44 font-medium">
                {name}
              </p>
              <span className="text-soft">
                {t('admin.organizations.members', { count: members })}
              </span>
              <span className="text-soft tabular-nums">
                {t('admin.organizations.since', { date: date(createdAt) })}
              </span>
            </li>
          ))}
        </ul>
      </PagedList>
    </Section>
  )
}
