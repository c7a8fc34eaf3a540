'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { LiveRegion } from '#components/ui/live-region'
import { readKeys, revokeKey } from '#lib/ai/api/people/keys'
import type { AccountView } from '#lib/contract/people/account'
import type { KeyView, NewKeyAnswer } from '#lib/contract/people/api-key'
import { message } from '#lib/messages/message'
import { Awaited, Section, rowsStyle } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import { type Doing, useDoing } from '../../../people/use-doing.ts'
import { AccountLoaded } from '../account-loaded.tsx'
import { KeyForm } from './key-form.tsx'
import { KeyMade } from './key-made.tsx'
import { KeyRow } from './key-row.tsx'

/** The API keys of the active account or organization: made, listed, changed, revoked. */
export function KeysScreen() {
  const doing = useDoing()
  return (
    <AccountLoaded>
      {({ role }, { active }) => (
        <>
          <Keys
            active={active}
            mayAdmin={role !== 'user' && active.kind === 'user'}
            doing={doing}
          />
          <LiveRegion announcement={doing.announcement} />
        </>
      )}
    </AccountLoaded>
  )
}

interface KeysProps {
  active: AccountView['active']
  /** Whether a key may look after the installation. */
  mayAdmin: boolean
  doing: Doing
}

function Keys({ active, mayAdmin, doing }: KeysProps) {
  const t = useTranslations()
  const { answer, error, reload } = useAnswer(`keys ${active.id}`, readKeys)
  const [isMaking, setIsMaking] = useState(false)
  const [made, setMade] = useState<NewKeyAnswer>()
  const keep = (answer: NewKeyAnswer) => {
    setMade(answer)
    setIsMaking(false)
    void reload()
  }
  const isResting = answer && !isMaking && !made
  return (
    <Section
      id="keys-heading"
      title={t('keys.title')}
      help={t(active.kind === 'user' ? 'keys.help' : 'keys.helpOf', { name: active.name })}
      aside={
        isResting && (
          <Button size="small" onClick={() => setIsMaking(true)}>
            {t('keys.create')}
          </Button>
        )
      }
    >
      {isMaking && <KeyForm mayAdmin={mayAdmin} onMade={keep} onClose={() => setIsMaking(false)} />}
      {made && <KeyMade made={made} onDone={() => setMade(undefined)} />}
      <Awaited answer={answer} error={error} reload={reload} />
      {answer?.length === 0 && isResting && <p className="text-sm text-soft">{t('keys.none')}</p>}
      {answer && answer.length > 0 && <KeyList keys={answer} doing={doing} reload={reload} />}
    </Section>
  )
}

interface KeyListProps {
  keys: readonly KeyView[]
  doing: Doing
  reload: () => Promise<void>
}

function KeyList({ keys, doing, reload }: KeyListProps) {
  const t = useTranslations('keys')
  const revoke = ({ id, name }: KeyView) =>
    doing.run(() => revokeKey(id).then(reload), message('keys.revoked', { name }))
  const changed = async () => {
    doing.tell(message('keys.changed'))
    await reload()
  }
  return (
    <ul aria-label={t('title')} className={`${rowsStyle} not-first:mt-8`}>
      {keys.map((view) => (
        <KeyRow key={view.id} view={view} onChanged={changed} onRevoke={() => revoke(view)} />
      ))}
    </ul>
  )
}
