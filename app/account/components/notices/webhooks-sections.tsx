'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { readEndpoints } from '#lib/ai/api/people/notices'
import type { AccountView } from '#lib/contract/people/account'
import type { EndpointView } from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { Awaited, Section, rowsStyle } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import type { Doing } from '../../../people/use-doing.ts'
import { DeliveriesSection } from './deliveries-section.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { EndpointRow } from './endpoint-row.tsx'
import { SecretRow } from './secret-row.tsx'

interface WebhooksProps {
  active: AccountView['active']
  doing: Doing
}

/** The endpoints of the active account or organization, their secret, and what was sent to them. */
export function WebhooksSections({ active, doing }: WebhooksProps) {
  const t = useTranslations('notices.screen')
  const { answer, error, reload } = useAnswer(`endpoints ${active.id}`, readEndpoints)
  const [isAdding, setIsAdding] = useState(false)
  const isBarred = error?.code === 'forbidden'
  const help = active.kind === 'user' ? 'webhooksHelp' : isBarred ? 'managersOnly' : 'webhooksOf'
  return (
    <>
      <Section
        id="webhooks-heading"
        title={t('webhooks')}
        help={t(help, { name: active.name })}
        aside={
          answer &&
          !isAdding && (
            <Button size="small" onClick={() => setIsAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      >
        {isAdding && (
          <EndpointForm
            onAdded={() => {
              setIsAdding(false)
              doing.tell(message('notices.screen.added'))
              void reload()
            }}
            onClose={() => setIsAdding(false)}
          />
        )}
        {!isBarred && <Awaited answer={answer} error={error} reload={reload} />}
        {answer && (answer.endpoints.length > 0 || !isAdding) && (
          <EndpointList endpoints={answer.endpoints} doing={doing} reload={reload} />
        )}
        {answer && answer.secret !== null && (
          <SecretRow
            secret={answer.secret}
            formerUntil={answer.formerUntil}
            doing={doing}
            reload={reload}
          />
        )}
      </Section>
      {answer && answer.secret !== null && <DeliveriesSection ofId={active.id} doing={doing} />}
    </>
  )
}

interface EndpointListProps {
  endpoints: readonly EndpointView[]
  doing: Doing
  reload: () => Promise<void>
}

function EndpointList({ endpoints, ...more }: EndpointListProps) {
  const t = useTranslations('notices.screen')
  if (endpoints.length === 0) return <p className="text-sm text-soft">{t('noEndpoints')}</p>
  return (
    <ul aria-label={t('endpoints')} className={`${rowsStyle} not-first:mt-8`}>
      {endpoints.map((view) => (
        <EndpointRow key={view.id} view={view} {...more} />
      ))}
    </ul>
  )
}
